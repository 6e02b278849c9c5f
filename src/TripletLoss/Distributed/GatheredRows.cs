using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Rows of all ranks, on this rank's device. Groups know the CPU only.</summary>
internal readonly struct GatheredRows(IProcessGroup group)
{
    /// <summary>All rows, without a graph.</summary>
    public Tensor Detached(Tensor mine, long[] counts) =>
        group.AllGatherRows(mine.detach().cpu().contiguous(), counts).to(mine.device);

    /// <summary>All rows, those of this rank with their graph.</summary>
    public Tensor WithGraph(Tensor mine, long[] counts)
    {
        var all = Detached(mine, counts);
        var (first, count) = (counts.Take(group.Rank).Sum(), counts[group.Rank]);
        return !is_grad_enabled() || !mine.requires_grad
            ? all
            : cat([all.narrow(0, 0, first), mine, all.narrow(0, first + count, all.size(0) - first - count)]);
    }

    /// <summary>The sums over all ranks of this rank's rows.</summary>
    public Tensor Summed(Tensor all, long[] counts) =>
        group.ReduceScatterRows(all.detach().cpu().contiguous(), counts).to(all.device);
}
