using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Every triplet of the batch (Hermans et al. 2017, batch all), from sorted rows and prefix sums: no triplet is ever built.</summary>
/// <remarks>
/// With a positive's reach τ = D_ap + margin, its hinges add up to c·τ − (the sum of the c nearest negatives' distances), where c negatives are nearer than τ.
/// So the positive weighs c, and a negative minus the number of positives that reach beyond it.
/// </remarks>
internal sealed record BatchAllFormula(double Margin, bool ActiveOnly) : MiningFormula(Margin)
{
    /// <inheritdoc/>
    public override void Configure(ref SimdProblem problem) => (problem.Rule, problem.ActiveOnly) = (MiningRule.BatchAll, ActiveOnly);

    /// <inheritdoc/>
    public override TileOutcome Evaluate(DistanceTile tile)
    {
        var (sorted, _) = tile.SortedNegatives();
        var reach = (tile.Distances + Margin).masked_fill(~tile.IsPositive, double.NegativeInfinity);
        var within = searchsorted(sorted, reach);
        var counts = within.to_type(float64);
        var hinges = counts * reach.masked_fill(~tile.IsPositive, 0) - SumOfFirst(sorted, within);
        var active = counts.sum();
        return new TileOutcome(
            Sums: hinges.sum(1),
            Weights: counts - PositivesBeyond(tile, reach),
            Count: ActiveOnly ? active : (tile.IsPositive.sum(1).to_type(float64) * tile.IsNegative.sum(1)).sum());
    }

    /// <inheritdoc/>
    public override TripletReportUnit Unit => TripletReportUnit.Triplets;

    /// <inheritdoc/>
    public override double? ActiveMargin => null;

    /// <inheritdoc/>
    public override TileObservation Observe(DistanceTile tile)
    {
        var (sorted, _) = tile.SortedNegatives();
        var within = searchsorted(sorted, tile.Distances + Margin);
        return new TileObservation(
            Positives: tile.Distances.masked_select(tile.IsPositive),
            Negatives: tile.Distances.masked_select(tile.IsNegative),
            Terms: (tile.IsPositive.sum(1) * tile.IsNegative.sum(1)).sum(),
            Active: within.masked_fill(~tile.IsPositive, 0).sum());
    }

    private static Tensor SumOfFirst(Tensor sorted, Tensor count)
    {
        var sums = sorted.masked_fill(sorted.isinf(), 0).cumsum(1);
        return sums.gather(1, (count - 1).clamp_min(0)).masked_fill(count.eq(0), 0);
    }

    private static Tensor PositivesBeyond(DistanceTile tile, Tensor reach)
    {
        var (sortedReach, _) = reach.sort(1);
        var notBeyond = searchsorted(sortedReach, tile.Distances, right: true);
        return (tile.Distances.shape[1] - notBeyond).to_type(float64).masked_fill(~tile.IsNegative, 0);
    }
}
