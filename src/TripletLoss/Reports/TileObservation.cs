using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What a rule chose in a tile, or in a whole batch, for a report.</summary>
/// <param name="Positives">[n], float64: the distances of the positives.</param>
/// <param name="Negatives">[m], float64: the distances of the chosen negatives.</param>
/// <param name="Terms">The number of terms of the loss: anchors, pairs or triplets; an integer scalar.</param>
/// <param name="Active">How many of them are above 0; an integer scalar.</param>
/// <param name="FellBack">How many chose the farthest negative for want of one beyond the positive; null where the rule never does.</param>
internal readonly record struct TileObservation(
    Tensor Positives, Tensor Negatives, Tensor Terms, Tensor Active, Tensor? FellBack = null);
