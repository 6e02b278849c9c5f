using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary><see cref="BatchAllRule"/> on a tile, from sorted rows and prefix sums.</summary>
/// <remarks>
/// With a positive's reach τ = D_ap + margin, its hinges add up to c·τ − (the sum of the c nearest negatives' distances), where c negatives are nearer than τ.
/// So the positive weighs c, and a negative minus the number of positives that reach beyond it.
/// </remarks>
internal sealed class BatchAllFormula(double margin) : TileFormula
{
    /// <inheritdoc/>
    public override TileOutcome Evaluate(DistanceTile tile)
    {
        using var added = margin.ToScalar();
        var (sorted, _) = tile.SortedNegatives();
        var reach = tile.Distances.add(added, Numbers.One).masked_fill(~tile.IsPositive, Numbers.NegativeInfinity);
        var within = searchsorted(sorted, reach);
        var counts = within.to_type(float64);
        var hinges = counts * reach.masked_fill(~tile.IsPositive, Numbers.Zero) - SumOfFirst(sorted, within);
        return new TileOutcome(
            Sums: hinges.sum(1),
            Weights: counts - PositivesBeyond(tile, reach),
            Terms: (tile.IsPositive.sum(1).to_type(float64) * tile.IsNegative.sum(1)).sum(),
            Active: counts.sum());
    }

    /// <inheritdoc/>
    public override ChosenTriplets? Choose(DistanceTile tile) => null;

    private static Tensor SumOfFirst(Tensor sorted, Tensor count)
    {
        var sums = sorted.masked_fill(sorted.isinf(), Numbers.Zero).cumsum(1);
        return sums.gather(1, count.sub(Numbers.WholeOne).clamp_min(Numbers.WholeZero)).masked_fill(count.eq(Numbers.WholeZero), Numbers.Zero);
    }

    private static Tensor PositivesBeyond(DistanceTile tile, Tensor reach)
    {
        var (sortedReach, _) = reach.sort(1);
        var notBeyond = searchsorted(sortedReach, tile.Distances, right: true);
        using var all = tile.Distances.size(1).ToScalar();
        return notBeyond.neg().add(all, Numbers.WholeOne).to_type(float64).masked_fill(~tile.IsNegative, Numbers.Zero);
    }
}
