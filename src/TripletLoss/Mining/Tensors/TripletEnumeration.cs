using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Every triplet of a kind, counted or gathered tile by tile.</summary>
internal sealed class TripletEnumeration(MiningProblem problem, Distance distance, double margin, TripletKind kind)
{
    /// <summary>How many there are.</summary>
    public long Count()
    {
        var total = 0L;
        new TileLoop(problem, distance).ForEach(tile =>
        {
            foreach (var (_, lengths) in Ranges(tile, tile.SortedNegatives().Values))
                total += lengths.sum().item<long>();
        });
        return total;
    }

    /// <summary>All of them, sorted by anchor, positive and negative.</summary>
    public TripletCollector Collect()
    {
        var triplets = new TripletCollector();
        new TileLoop(problem, distance).ForEach(tile => Collect(tile, triplets));
        return triplets;
    }

    private void Collect(DistanceTile tile, TripletCollector triplets)
    {
        var (sorted, order) = tile.SortedNegatives();
        using var columns = tile.Distances.size(1).ToScalar();
        var keys = new List<Tensor>();
        foreach (var (starts, lengths) in Ranges(tile, sorted))
        {
            // Each positive pair as often as it has negatives, and these one after the other.
            var pairs = Numbers.Range(lengths.numel(), order.device).repeat_interleave(lengths.flatten());
            var ends = lengths.flatten().cumsum(0);
            var within = Numbers.Range(pairs.size(0), order.device) - (ends - lengths.flatten()).index_select(0, pairs);
            var positions = starts.flatten().index_select(0, pairs).add(within, Numbers.WholeOne);
            var rows = pairs.div(columns, RoundingMode.floor);
            keys.Add(pairs.mul(columns).add(order[rows, positions], Numbers.WholeOne));
        }
        if (keys.Count == 0)
            return;
        var (sortedKeys, _) = cat(keys).sort(0);
        var pairsInOrder = sortedKeys.div(columns, RoundingMode.floor);
        triplets.Add(
            tile.Anchors(pairsInOrder.div(columns, RoundingMode.floor)), pairsInOrder.remainder(columns), sortedKeys.remainder(columns));
    }

    // For each entry of the tile that is a positive, which sorted negatives are of the kind.
    private IEnumerable<(Tensor Starts, Tensor Lengths)> Ranges(DistanceTile tile, Tensor sorted)
    {
        using var added = margin.ToScalar();
        var zero = zeros_like(tile.IsPositive, int64);
        var all = tile.IsNegative.sum(1, keepdim: true).expand_as(zero);
        // Neither bound may pass the negatives' own count: behind them stands the infinity of the others.
        var nearer = minimum(searchsorted(sorted, tile.Distances, right: true), all);
        var within = maximum(nearer, minimum(searchsorted(sorted, tile.Distances.add(added, Numbers.One)), all));
        (TripletKind Kind, Tensor Start, Tensor End)[] kinds =
            [(TripletKind.Hard, zero, nearer), (TripletKind.SemiHard, nearer, within), (TripletKind.Easy, within, all)];
        foreach (var (one, start, end) in kinds)
        {
            if (kind.HasFlag(one))
                yield return (start, (end - start).masked_fill(~tile.IsPositive, Numbers.WholeZero));
        }
    }
}
