using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What a kernel chose for some anchors or for all, one entry a term of the loss: an ordered positive pair (semi-hard) or an anchor (hard).</summary>
/// <param name="Anchors">[T], int64.</param>
/// <param name="Positives">[T], int64: rows of the references; −1 where an anchor is alone in its class.</param>
/// <param name="Negatives">[T], int64: rows of the references; −1 where there is no negative at all.</param>
/// <param name="IsFallback">[T], bool: no negative was farther than the positive, and the farthest was taken.</param>
/// <param name="PositiveDistances">[T], float64; NaN where there is no positive.</param>
/// <param name="NegativeDistances">[T], float64; NaN where there is no negative.</param>
internal sealed record ChosenTriplets(
    Tensor Anchors, Tensor Positives, Tensor Negatives, Tensor IsFallback, Tensor PositiveDistances, Tensor NegativeDistances);
