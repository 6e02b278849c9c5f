namespace TripletLoss;

/// <summary>Binary interfaces of MPI.</summary>
internal enum MpiKind
{
    /// <summary>Handles are addresses of exported variables.</summary>
    OpenMpi,

    /// <summary>MPICH, MVAPICH, Intel MPI, Cray MPICH: handles are ints.</summary>
    Mpich,

    /// <summary>MPI 5: handles are small numbers.</summary>
    StandardAbi,
}
