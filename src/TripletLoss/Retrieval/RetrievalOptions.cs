using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>How retrieval is to be measured.</summary>
/// <param name="Distance">The distance; null: the default.</param>
/// <param name="SelfIndices">Where the queries' own copies stand in the gallery; null: nowhere.</param>
/// <param name="Ignore">Groups within which pairs of one label are ignored; null: none.</param>
/// <param name="CutOffs">The ranks to cut at; null: the default.</param>
internal sealed record RetrievalOptions(
    Distance? Distance = null, Tensor? SelfIndices = null, (Tensor Queries, Tensor Gallery)? Ignore = null, IReadOnlyList<int>? CutOffs = null);
