using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Labelled embeddings to mine against instead of the batch itself: a memory of past batches, or the batches of other workers.</summary>
/// <remarks>
/// Anchors come from the batch, positives and negatives from here. Both sides get their gradient; detach the embeddings to
/// give it to the anchors alone.
/// </remarks>
public sealed class ReferenceSet
{
    /// <summary>Takes labels and embeddings, which are checked when a loss is called with them.</summary>
    /// <param name="labels">[N] or [N, 1], any integer type.</param>
    /// <param name="embeddings">[N, d] with the batch's d; float16, bfloat16, float32 or float64.</param>
    /// <param name="selfIndices">
    /// [B], an integer for each anchor: the index of its own copy among the references, which is never its positive, or −1 where it has none. Null (the
    /// default): no anchor has a copy.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="labels"/> or <paramref name="embeddings"/> is null.</exception>
    public ReferenceSet(Tensor labels, Tensor embeddings, Tensor? selfIndices = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(embeddings);
        (Labels, Embeddings, SelfIndices) = (labels, embeddings, selfIndices);
    }

    /// <summary>[N] or [N, 1].</summary>
    public Tensor Labels { get; }

    /// <summary>[N, d].</summary>
    public Tensor Embeddings { get; }

    /// <summary>[B], or null.</summary>
    public Tensor? SelfIndices { get; }
}
