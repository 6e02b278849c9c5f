namespace TripletLoss;

/// <summary>What came of a call of the SIMD kernel.</summary>
internal enum KernelAnswer
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>A point is not finite.</summary>
    NotFinite,

    /// <summary>All are, but their squares leave the range of float32.</summary>
    OutOfRange,
}
