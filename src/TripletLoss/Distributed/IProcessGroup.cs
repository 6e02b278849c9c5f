using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>A group of processes that train one network together, and their collective operations. <see cref="ThreadGroup"/> implements it with threads, the package TripletLoss.Mpi over MPI.</summary>
/// <remarks>
/// <para>
/// Every rank calls the same methods in the same order; each waits for all. For implementers: tensors arrive contiguous, on the CPU and without a graph, and are read or written before the
/// method returns. Tensors that are returned are new, on the CPU, and belong to the caller.
/// </para>
/// <para>One thread of a rank calls at a time.</para>
/// </remarks>
public interface IProcessGroup
{
    /// <summary>The number of this rank, from 0.</summary>
    int Rank { get; }

    /// <summary>How many ranks there are, at least 1.</summary>
    int Size { get; }

    /// <summary>Gathers a few bytes of every rank.</summary>
    /// <param name="mine">This rank's bytes, as many on every rank.</param>
    /// <returns>Those of rank 0, of rank 1, and so on.</returns>
    byte[] AllGather(ReadOnlySpan<byte> mine);

    /// <summary>Gathers rows of every rank.</summary>
    /// <param name="rows">This rank's rows [counts[Rank], …], of any type; what follows the first dimension is the same on every rank.</param>
    /// <param name="counts">How many rows each rank has, 0 or more; the same numbers on every rank.</param>
    /// <returns>[Σ counts, …]: the rows of rank 0, of rank 1, and so on.</returns>
    Tensor AllGatherRows(Tensor rows, long[] counts);

    /// <summary>Adds up what the ranks have for all rows, and gives each rank the sums of its own.</summary>
    /// <param name="rows">[Σ counts, …], float32 or float64.</param>
    /// <param name="counts">How many rows each rank gets; the same numbers on every rank.</param>
    /// <returns>[counts[Rank], …].</returns>
    Tensor ReduceScatterRows(Tensor rows, long[] counts);

    /// <summary>Replaces a tensor by its sum over all ranks: the same bits on every rank.</summary>
    /// <param name="values">Of any shape that is the same on every rank; float32, float64 or int64.</param>
    void AllReduce(Tensor values);

    /// <summary>Replaces a tensor by one rank's values.</summary>
    /// <param name="values">Of any type and shape, the same on every rank.</param>
    /// <param name="root">The rank that has the values.</param>
    void Broadcast(Tensor values, int root);

    /// <summary>Ends the work of all ranks, since this one cannot go on and the others would wait for it. Does not return if the ranks are processes.</summary>
    /// <param name="reason">Why, for the messages of the other ranks.</param>
    void Abort(string reason);
}
