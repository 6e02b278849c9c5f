using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What a rule makes of a tile.</summary>
/// <param name="Sums">[t], float64: each anchor's losses, summed and not yet divided.</param>
/// <param name="Weights">[t, N], float64: the derivative of <paramref name="Sums"/> by each distance.</param>
/// <param name="Count">A float64 scalar: this tile's part of the divisor of the whole batch.</param>
internal readonly record struct TileOutcome(Tensor Sums, Tensor Weights, Tensor Count);
