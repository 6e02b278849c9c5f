using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Mined triplets: three equally long int64 tensors on the embeddings' device.</summary>
public sealed class TripletIndices : IDisposable
{
    internal TripletIndices(Tensor anchors, Tensor positives, Tensor negatives)
    {
        Anchors = anchors;
        Positives = positives;
        Negatives = negatives;
    }

    /// <summary>[T]: the row of each triplet's anchor in the batch.</summary>
    public Tensor Anchors { get; }

    /// <summary>[T]: the row of its positive, in the batch or, where given, the references.</summary>
    public Tensor Positives { get; }

    /// <summary>[T]: the row of its negative, in the batch or, where given, the references.</summary>
    public Tensor Negatives { get; }

    /// <summary>The number of triplets T.</summary>
    public long Count => Anchors.shape[0];

    /// <summary>Takes the three tensors apart.</summary>
    /// <param name="anchors"><see cref="Anchors"/>.</param>
    /// <param name="positives"><see cref="Positives"/>.</param>
    /// <param name="negatives"><see cref="Negatives"/>.</param>
    public void Deconstruct(out Tensor anchors, out Tensor positives, out Tensor negatives) =>
        (anchors, positives, negatives) = (Anchors, Positives, Negatives);

    /// <summary>Disposes the three tensors.</summary>
    public void Dispose()
    {
        Anchors.Dispose();
        Positives.Dispose();
        Negatives.Dispose();
    }
}
