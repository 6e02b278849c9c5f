using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The distances of a batch to its references, a tile of anchors at a time, and the gradient back from them.</summary>
internal abstract class DistanceTiles
{
    /// <summary>The tiles of a distance of the catalogue or of a custom one.</summary>
    /// <param name="distance">The distance.</param>
    /// <param name="anchors">[A, d] embeddings.</param>
    /// <param name="references">[N, d] embeddings; null: the anchors themselves. They get a gradient if they want one.</param>
    public static DistanceTiles Of(Distance distance, Tensor anchors, Tensor? references) => distance.CustomMatrix is null
        ? new EuclideanTiles(distance, anchors, references)
        : new CustomTiles(distance, anchors, references);

    /// <summary>0, or NaN if an embedding, or a distance of a user's function so far, is not finite; a float64 scalar that can be added to what must tell.</summary>
    public abstract Tensor NotFinite { get; }

    /// <summary>The distances [count, N] of the anchors from <paramref name="first"/> on, float64.</summary>
    public abstract Tensor Distances(long first, long count);

    /// <summary>Adds the gradient of Σ weights · distances of a tile.</summary>
    public abstract void AddGradient(long first, Tensor distances, Tensor weights);

    /// <summary>The sum of all added gradients by the anchors and by the references (null where the batch mines itself, the first then holding both, or nobody wants it), float64.</summary>
    public abstract (Tensor Anchors, Tensor? References) Gradient();
}
