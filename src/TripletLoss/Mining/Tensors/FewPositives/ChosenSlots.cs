using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The triplets that a rule chose in a tile: a slot for each positive (semi-hard) or one per anchor (hard).</summary>
/// <param name="Positives">[t, S]: references; N for none.</param>
/// <param name="Negatives">[t, S]: references.</param>
/// <param name="IsTerm">[t, S]: whether the slot stands for a term of the loss, with a negative or without.</param>
/// <param name="HasPositive">[t, S].</param>
/// <param name="FellBack">[t, S].</param>
internal readonly record struct ChosenSlots(Tensor Positives, Tensor Negatives, Tensor IsTerm, Tensor HasPositive, Tensor FellBack)
{
    /// <summary>Semi-hard: for every positive the nearest negative beyond it, or the farthest.</summary>
    public static ChosenSlots SemiHard(SlotTile tile)
    {
        // 1 / (score − threshold) is largest at the nearest score beyond, and not above 0 elsewhere: no masks, which would cost more than all the rest. Beyond begins one step above the threshold.
        var beyond = tile.Thresholds.nextafter(tile.Scores.narrow(1, tile.Scores.size(1) - 1, 1)).unsqueeze(2);
        var (closeness, negatives) = (tile.Scores.unsqueeze(1) - beyond).reciprocal_().max(2);
        var fellBack = closeness.le(Numbers.Zero);
        return new ChosenSlots(tile.Positives, where(fellBack, tile.Farthest, negatives), tile.IsPositive, tile.IsPositive, fellBack & tile.HasNegative);
    }

    /// <summary>Hard: the farthest positive, found by exact distances [t, P], and the nearest negative.</summary>
    public static ChosenSlots Hard(SlotTile tile, Tensor positiveDistances)
    {
        var (_, slots) = positiveDistances.masked_fill(~tile.IsPositive, Numbers.NegativeInfinity).max(1, keepdim: true);
        var (_, negatives) = tile.Scores.min(1, keepdim: true);
        var hasPositive = tile.IsPositive.any(1, keepdim: true);
        return new ChosenSlots(tile.Positives.gather(1, slots), negatives, ones_like(hasPositive), hasPositive, zeros_like(hasPositive));
    }
}
