using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// Each positive pair with the nearest negative that is farther than the positive, else with the farthest one (FaceNet; TensorFlow
/// Addons r0.7).
/// </summary>
internal sealed record SemiHardFormula(double Margin) : MiningFormula(Margin)
{
    /// <inheritdoc/>
    public override void Configure(ref SimdProblem problem) => problem.Rule = MiningRule.SemiHard;

    /// <inheritdoc/>
    public override TileOutcome Evaluate(DistanceTile tile)
    {
        var choice = Choose(tile);
        var hinge = tile.Distances - choice.Distances + Margin;
        var active = tile.IsPositive & tile.IsNegative.any(1, keepdim: true) & hinge.gt(0);
        var weights = active.to_type(float64);
        return new TileOutcome(
            Sums: hinge.masked_fill(~active, 0).sum(1),
            Weights: weights.scatter_add(1, choice.Negatives, -weights),
            Count: tile.IsPositive.sum(float64));
    }

    /// <inheritdoc/>
    public override TripletReportUnit Unit => TripletReportUnit.Pairs;

    /// <inheritdoc/>
    public override double? ActiveMargin => Margin;

    /// <inheritdoc/>
    public override TileObservation Observe(DistanceTile tile)
    {
        var choice = Choose(tile);
        var pairs = tile.IsPositive & tile.IsNegative.any(1, keepdim: true);
        return new TileObservation(
            Positives: tile.Distances.masked_select(tile.IsPositive),
            Negatives: choice.Distances.masked_select(pairs),
            Terms: tile.IsPositive.sum(),
            Active: (pairs & (tile.Distances - choice.Distances + Margin).gt(0)).sum(),
            FellBack: (pairs & choice.FellBack).sum());
    }

    /// <summary>For every entry of the tile, as if it were a positive, the chosen negative.</summary>
    /// <returns>
    /// The index and distance of the chosen negative and whether it is the farthest one for want of one beyond the positive; each [t, N], and
    /// meaningless for an anchor that has no negative.
    /// </returns>
    public static (Tensor Negatives, Tensor Distances, Tensor FellBack) Choose(DistanceTile tile)
    {
        var (sorted, order) = tile.SortedNegatives();
        var count = tile.IsNegative.sum(1, keepdim: true);
        var beyond = searchsorted(sorted, tile.Distances, right: true);
        var fellBack = beyond.ge(count);
        // Among equally far negatives the sort put the lowest index first.
        var largest = sorted.gather(1, (count - 1).clamp_min(0));
        // The limit is for rows with NaN only, where every search ends behind the last entry.
        var position = where(fellBack, searchsorted(sorted, largest), beyond).clamp_max(sorted.shape[1] - 1);
        return (order.gather(1, position), sorted.gather(1, position), fellBack);
    }
}
