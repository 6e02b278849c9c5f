using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What a rule makes of a tile.</summary>
/// <param name="Sums">[t], float64: each anchor's sum of hinges.</param>
/// <param name="Weights">[t, N], float64: the derivative of <paramref name="Sums"/> by each distance.</param>
/// <param name="Terms">A float64 scalar: the tile's terms.</param>
/// <param name="Active">A float64 scalar: how many of them have a hinge above 0.</param>
internal readonly record struct TileOutcome(Tensor Sums, Tensor Weights, Tensor Terms, Tensor Active);
