using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What a kernel found.</summary>
/// <param name="Values">[A], float64: each anchor's loss, without a graph.</param>
/// <param name="AnchorGradient">[A, d], float64: the gradient of the reduced loss; null when none was asked for.</param>
/// <param name="ReferenceGradient">[N, d], float64; null as well where the batch mines itself.</param>
/// <param name="PerAnchor">[A], float64, with a graph: a vector whose gradient is that of each anchor's loss; null when not asked for.</param>
internal readonly record struct MinedLosses(
    Tensor Values, Tensor? AnchorGradient = null, Tensor? ReferenceGradient = null, Tensor? PerAnchor = null);
