using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Each anchor's farthest positive with its nearest negative (Hermans et al. 2017, batch hard).</summary>
internal sealed record HardFormula(double Margin, bool Soft) : MiningFormula(Margin)
{
    /// <inheritdoc/>
    public override void Configure(ref SimdProblem problem) => (problem.Rule, problem.Soft) = (MiningRule.Hard, Soft);

    /// <inheritdoc/>
    public override TileOutcome Evaluate(DistanceTile tile)
    {
        var choice = Choose(tile);
        var difference = choice.PositiveDistances - choice.NegativeDistances;
        var (losses, slopes) = Soft ? Softplus(difference) : Hinge(difference + Margin);
        var counts = choice.HasNegative;
        slopes = slopes.masked_fill(~counts, 0);
        var weights = zeros_like(tile.Distances);
        weights.scatter_add_(1, choice.Positives, slopes.masked_fill(~choice.HasPositive, 0));
        weights.scatter_add_(1, choice.Negatives, -slopes);
        return new TileOutcome(
            Sums: losses.masked_fill(~counts, 0).squeeze(1), weights, Count: full(1, tile.Count, float64, weights.device));
    }

    /// <inheritdoc/>
    public override TripletReportUnit Unit => TripletReportUnit.Anchors;

    /// <inheritdoc/>
    /// <remarks>A softplus is never 0: there it counts whether the order is wrong.</remarks>
    public override double? ActiveMargin => Soft ? 0 : Margin;

    /// <inheritdoc/>
    public override TileObservation Observe(DistanceTile tile)
    {
        var choice = Choose(tile);
        var violation = choice.PositiveDistances - choice.NegativeDistances + ActiveMargin!.Value;
        return new TileObservation(
            Positives: choice.PositiveDistances.masked_select(choice.HasPositive),
            Negatives: choice.NegativeDistances.masked_select(choice.HasNegative),
            Terms: tensor(tile.Count),
            Active: (choice.HasNegative & violation.gt(0)).sum());
    }

    /// <summary>Each anchor's farthest positive (at distance 0 where it has none) and nearest negative.</summary>
    /// <returns>Indices, distances, and whether there is one; each [t, 1].</returns>
    public static (Tensor Positives, Tensor PositiveDistances, Tensor HasPositive, Tensor Negatives, Tensor NegativeDistances, Tensor HasNegative)
        Choose(DistanceTile tile)
    {
        var (positiveDistances, positives) =
            tile.Distances.masked_fill(~tile.IsPositive, double.NegativeInfinity).max(1, keepdim: true);
        var (negativeDistances, negatives) =
            tile.Distances.masked_fill(~tile.IsNegative, double.PositiveInfinity).min(1, keepdim: true);
        var hasPositive = tile.IsPositive.any(1, keepdim: true);
        return (positives, positiveDistances.masked_fill(~hasPositive, 0), hasPositive,
            negatives, negativeDistances, tile.IsNegative.any(1, keepdim: true));
    }

    private static (Tensor Losses, Tensor Slopes) Hinge(Tensor value) => (value.clamp_min(0), value.gt(0).to_type(float64));

    // Never log(1 + exp(x)), which overflows.
    private static (Tensor Losses, Tensor Slopes) Softplus(Tensor value) =>
        (value.clamp_min(0) + (-value.abs()).exp().log1p(), value.sigmoid());
}
