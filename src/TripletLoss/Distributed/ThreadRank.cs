using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>One thread's end of a group of threads.</summary>
internal sealed class ThreadRank(int rank, ThreadMeeting meeting) : IProcessGroup
{
    /// <inheritdoc/>
    public int Rank => rank;

    /// <inheritdoc/>
    public int Size => meeting.Size;

    /// <inheritdoc/>
    public byte[] AllGather(ReadOnlySpan<byte> mine) => [.. Meet<byte[]>(nameof(AllGather), mine.ToArray()).SelectMany(bytes => bytes)];

    /// <inheritdoc/>
    public Tensor AllGatherRows(Tensor rows, long[] counts)
    {
        var gathered = cat(Meet(nameof(AllGatherRows), rows));
        Part();
        GC.KeepAlive(rows);
        return gathered;
    }

    /// <inheritdoc/>
    public Tensor ReduceScatterRows(Tensor rows, long[] counts)
    {
        using var scope = NewDisposeScope();
        var first = counts.Take(rank).Sum();
        var sum = Sum(Meet(nameof(ReduceScatterRows), rows).Select(all => all.narrow(0, first, counts[rank])));
        Part();
        GC.KeepAlive(rows);
        return sum.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void AllReduce(Tensor values)
    {
        using var scope = NewDisposeScope();
        var sum = Sum(Meet(nameof(AllReduce), values));
        Part();
        values.copy_(sum);
        GC.KeepAlive(values);
    }

    /// <inheritdoc/>
    public void Broadcast(Tensor values, int root)
    {
        var all = Meet(nameof(Broadcast), values);
        if (rank != root)
            values.copy_(all[root]);
        Part();
        GC.KeepAlive(values);
    }

    /// <inheritdoc/>
    public void Abort(string reason) => meeting.End($"rank {rank} aborted: {reason}", new InvalidOperationException($"rank {rank} aborted: {reason}"));

    /// <summary>This rank has done its work.</summary>
    public void End() => meeting.End($"rank {rank} has ended.");

    /// <summary>An exception ended this rank.</summary>
    public void Fail(Exception failure) => meeting.End($"rank {rank} failed: {failure.Message}", failure);

    // What the others brought is theirs again once all have looked at it.
    private void Part() => meeting.Meet(rank, "the end of it", null);

    private T[] Meet<T>(string operation, T brought) => [.. meeting.Meet(rank, operation, brought).Cast<T>()];

    private static Tensor Sum(IEnumerable<Tensor> parts)
    {
        Tensor? sum = null;
        foreach (var part in parts)
            sum = sum is null ? part.clone() : sum.add_(part, Numbers.One);
        return sum!;
    }
}
