using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Counts and lists all triplets of a kind, from sorted rows.</summary>
internal readonly record struct TripletEnumeration(double Margin, TripletKind Kind)
{
    /// <summary>The number of triplets.</summary>
    public long Count(BatchArguments arguments, Distance distance)
    {
        arguments.Validate();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (total, enumeration) = (0L, this);
        new TileLoop(arguments.ToProblem(), distance).ForEach(tile =>
        {
            foreach (var (_, lengths) in enumeration.Ranges(tile, tile.SortedNegatives().Values))
                total += lengths.sum().ToInt64();
        });
        return total;
    }

    /// <summary>Adds a tile's triplets.</summary>
    public void Collect(DistanceTile tile, TripletCollector triplets)
    {
        var (sorted, order) = tile.SortedNegatives();
        var columns = tile.Distances.shape[1];
        var keys = new List<Tensor>();
        foreach (var (starts, lengths) in Ranges(tile, sorted))
        {
            // Each positive pair as often as it has negatives, and these one after the other.
            var pairs = arange(lengths.numel(), device: order.device).repeat_interleave(lengths.flatten());
            var ends = lengths.flatten().cumsum(0);
            var within = arange(pairs.shape[0], device: order.device) - (ends - lengths.flatten()).index_select(0, pairs);
            var positions = starts.flatten().index_select(0, pairs) + within;
            var rows = pairs.div(columns, RoundingMode.floor);
            keys.Add(pairs * columns + order[rows, positions]);
        }
        if (keys.Count == 0)
            return;
        var (sortedKeys, _) = cat(keys).sort(0);
        var pairsInOrder = sortedKeys.div(columns, RoundingMode.floor);
        triplets.Add(
            tile, pairsInOrder.div(columns, RoundingMode.floor), pairsInOrder.remainder(columns), sortedKeys.remainder(columns));
    }

    // For each entry of the tile that is a positive, which sorted negatives are of the kind.
    private IEnumerable<(Tensor Starts, Tensor Lengths)> Ranges(DistanceTile tile, Tensor sorted)
    {
        var zero = zeros_like(tile.IsPositive, int64);
        var all = tile.IsNegative.sum(1, keepdim: true).expand_as(zero);
        // Neither bound may pass the negatives' own count: behind them stands the infinity of the others.
        var nearer = minimum(searchsorted(sorted, tile.Distances), all);
        var within = minimum(searchsorted(sorted, tile.Distances + Margin), all);
        (TripletKind Kind, Tensor Start, Tensor End)[] kinds =
            [(TripletKind.Hard, zero, nearer), (TripletKind.SemiHard, nearer, within), (TripletKind.Easy, within, all)];
        foreach (var (kind, start, end) in kinds)
        {
            if (Kind.HasFlag(kind))
                yield return (start, (end - start).masked_fill(~tile.IsPositive, 0));
        }
    }
}
