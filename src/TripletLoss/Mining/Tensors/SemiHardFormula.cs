using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary><see cref="SemiHardRule"/> on a tile.</summary>
internal sealed class SemiHardFormula(double margin) : TileFormula
{
    /// <inheritdoc/>
    public override TileOutcome Evaluate(DistanceTile tile)
    {
        using var added = margin.ToScalar();
        var choice = ChooseForAll(tile);
        var hinge = (tile.Distances - choice.Distances).add(added, Numbers.One);
        var active = tile.IsPositive & tile.IsNegative.any(1, keepdim: true) & hinge.gt(Numbers.Zero);
        var weights = active.to_type(float64);
        return new TileOutcome(
            Sums: hinge.masked_fill(~active, Numbers.Zero).sum(1),
            Weights: weights.scatter_add(1, choice.Negatives, -weights),
            Terms: tile.IsPositive.sum(float64),
            Active: weights.sum());
    }

    /// <inheritdoc/>
    public override ChosenTriplets Choose(DistanceTile tile)
    {
        var (negatives, distances, fellBack) = ChooseForAll(tile);
        var hasNegative = tile.IsNegative.any(1);
        var pairs = tile.IsPositive.nonzero();
        var (rows, positives) = (pairs.select(1, 0), pairs.select(1, 1));
        var lacksNegative = ~hasNegative.index_select(0, rows);
        return new ChosenTriplets(
            tile.Anchors(rows), positives, negatives[rows, positives].masked_fill(lacksNegative, Numbers.WholeMinusOne),
            fellBack[rows, positives] & ~lacksNegative, tile.Distances[rows, positives],
            distances[rows, positives].masked_fill(lacksNegative, Numbers.NotANumber));
    }

    // For every entry of the tile, as if it were a positive, the chosen negative; meaningless for an anchor that has no negative.
    private static (Tensor Negatives, Tensor Distances, Tensor FellBack) ChooseForAll(DistanceTile tile)
    {
        var (sorted, order) = tile.SortedNegatives();
        var count = tile.IsNegative.sum(1, keepdim: true);
        var beyond = searchsorted(sorted, tile.Distances, right: true);
        var fellBack = beyond.ge(count);
        // Among equally far negatives the sort put the lowest index first.
        var largest = sorted.gather(1, count.sub(Numbers.WholeOne).clamp_min(Numbers.WholeZero));
        // The limit is for rows with NaN only, where every search ends behind the last entry.
        using var last = (sorted.size(1) - 1).ToScalar();
        var position = where(fellBack, searchsorted(sorted, largest), beyond).clamp_max(last);
        return (order.gather(1, position), sorted.gather(1, position), fellBack);
    }
}
