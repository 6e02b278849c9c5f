using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary><see cref="HardRule"/> on a tile.</summary>
internal sealed class HardFormula(double margin, bool soft) : TileFormula
{
    /// <inheritdoc/>
    public override TileOutcome Evaluate(DistanceTile tile)
    {
        using var added = margin.ToScalar();
        var choice = ChooseOfEach(tile);
        var difference = choice.PositiveDistances - choice.NegativeDistances;
        var (losses, slopes) = soft ? HingeValues.Softplus(difference) : HingeValues.Hinge(difference.add(added, Numbers.One));
        slopes = slopes.masked_fill(~choice.HasNegative, Numbers.Zero);
        losses = losses.masked_fill(~choice.HasNegative, Numbers.Zero);
        var weights = zeros_like(tile.Distances);
        weights.scatter_add_(1, choice.Positives, slopes.masked_fill(~choice.HasPositive, Numbers.Zero));
        weights.scatter_add_(1, choice.Negatives, -slopes);
        using var anchors = ((double)tile.Count).ToScalar();
        return new TileOutcome(losses.squeeze(1), weights, full(1, anchors, float64, weights.device), losses.gt(Numbers.Zero).sum(float64));
    }

    /// <inheritdoc/>
    public override ChosenTriplets Choose(DistanceTile tile)
    {
        var choice = ChooseOfEach(tile);
        var rows = Numbers.Range(tile.Count, tile.Distances.device);
        return new ChosenTriplets(
            tile.Anchors(rows), choice.Positives.masked_fill(~choice.HasPositive, Numbers.WholeMinusOne).squeeze(1),
            choice.Negatives.masked_fill(~choice.HasNegative, Numbers.WholeMinusOne).squeeze(1),
            zeros_like(choice.HasNegative).squeeze(1), choice.PositiveDistances.masked_fill(~choice.HasPositive, Numbers.NotANumber).squeeze(1),
            choice.NegativeDistances.masked_fill(~choice.HasNegative, Numbers.NotANumber).squeeze(1));
    }

    // Each anchor's farthest positive (at distance 0 where it has none) and nearest negative; each [t, 1].
    private static (Tensor Positives, Tensor PositiveDistances, Tensor HasPositive, Tensor Negatives, Tensor NegativeDistances, Tensor HasNegative)
        ChooseOfEach(DistanceTile tile)
    {
        var (positiveDistances, positives) =
            tile.Distances.masked_fill(~tile.IsPositive, Numbers.NegativeInfinity).max(1, keepdim: true);
        var (negativeDistances, negatives) =
            tile.Distances.masked_fill(~tile.IsNegative, Numbers.Infinity).min(1, keepdim: true);
        var hasPositive = tile.IsPositive.any(1, keepdim: true);
        return (positives, positiveDistances.masked_fill(~hasPositive, Numbers.Zero), hasPositive,
            negatives, negativeDistances, tile.IsNegative.any(1, keepdim: true));
    }
}
