using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Labelled embeddings to mine against instead of the batch itself: a memory of past batches, or the batches of other workers.</summary>
/// <remarks>
/// Anchors come from the batch, positives and negatives from here. Both sides get their gradient; detach the embeddings to
/// give it to the anchors alone.
/// </remarks>
/// <param name="Labels">[N] or [N, 1], any integer type.</param>
/// <param name="Embeddings">[N, d] with the batch's d; float16, bfloat16, float32 or float64.</param>
/// <param name="SelfIndices">
/// [B], an integer for each anchor: the index of its own copy among the references, which is never its positive, or −1 where it has none. Null (the
/// default): no anchor has a copy.
/// </param>
public readonly record struct ReferenceSet(Tensor Labels, Tensor Embeddings, Tensor? SelfIndices = null);
