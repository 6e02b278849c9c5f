using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Passes everything on, and counts bytes: those gathered from all ranks, and those scattered to all or added up.</summary>
internal class CountingGroup(IProcessGroup inner) : IProcessGroup
{
    public long Bytes { get; private set; }

    public List<string> Operations { get; } = [];

    public int Rank => inner.Rank;

    public int Size => inner.Size;

    public byte[] AllGather(ReadOnlySpan<byte> mine)
    {
        byte[] all = inner.AllGather(mine);
        Count(nameof(AllGather), all.Length);
        return all;
    }

    public Tensor AllGatherRows(Tensor rows, long[] counts)
    {
        var all = inner.AllGatherRows(rows, counts);
        Count(nameof(AllGatherRows), all.numel() * all.element_size());
        return all;
    }

    public virtual Tensor ReduceScatterRows(Tensor rows, long[] counts)
    {
        Count(nameof(ReduceScatterRows), rows.numel() * rows.element_size());
        return inner.ReduceScatterRows(rows, counts);
    }

    public void AllReduce(Tensor values)
    {
        Count(nameof(AllReduce), values.numel() * values.element_size());
        inner.AllReduce(values);
    }

    public void Broadcast(Tensor values, int root) => inner.Broadcast(values, root);

    public void Abort(string reason) => inner.Abort(reason);

    private void Count(string operation, long bytes)
    {
        Operations.Add(operation);
        Bytes += bytes;
    }
}
