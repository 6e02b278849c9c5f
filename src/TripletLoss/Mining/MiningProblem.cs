using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>A validated batch, and what it is mined against.</summary>
/// <param name="Labels">[A], int64.</param>
/// <param name="Embeddings">[A, d] in the computing type, with their graph.</param>
/// <param name="ReferenceLabels">[N], int64; null: the batch mines itself.</param>
/// <param name="References">[N, d] in the computing type, with their graph; null: the batch mines itself.</param>
/// <param name="SelfIndices">[A], int64: where an anchor's own copy stands among the references, −1 for none; null: none has one.</param>
internal sealed record MiningProblem(
    Tensor Labels, Tensor Embeddings, Tensor? ReferenceLabels, Tensor? References, Tensor? SelfIndices)
{
    /// <summary>The number of anchors A.</summary>
    public long AnchorCount => Embeddings.size(0);

    /// <summary>The number of references N.</summary>
    public long ReferenceCount => (References ?? Embeddings).size(0);

    /// <summary>Whether a gradient is wanted at all.</summary>
    public bool WantsGradient => is_grad_enabled() && (Embeddings.requires_grad || References is { requires_grad: true });
}
