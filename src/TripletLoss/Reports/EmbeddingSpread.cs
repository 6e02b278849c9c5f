using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>How long the embeddings of a batch are, and how far they spread.</summary>
internal static class EmbeddingSpread
{
    // The middle of the batch is the median of so many of its points at most.
    private const long PointsForCentre = 128;

    /// <summary>The quantiles of their lengths; null for an empty batch.</summary>
    public static Quantiles? Norms(Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        var unit = UnitVectors.Of(embeddings.to_type(float64));
        var norms = new ValueSample();
        norms.Add(unit.Lengths.masked_fill(unit.IsZero, Numbers.Zero));
        return norms.ToQuantiles();
    }

    /// <summary>Of their distances from the middle of the batch; null for an empty batch, a custom distance and a custom loss.</summary>
    public static Quantiles? FromCentre(Tensor embeddings, Distance? distance)
    {
        if (distance is not { CustomMatrix: null } || embeddings.shape[0] == 0)
            return null;
        using var scope = NewDisposeScope();
        var points = distance.OfUnitVectors ? UnitVectors.Of(embeddings).Directions : embeddings;
        var differences = points - Median(points);
        var squares = (differences * differences).sum(1, type: float64);
        var distances = new ValueSample();
        distances.Add(distance.Scale switch
        {
            DistanceScale.Squared => squares,
            DistanceScale.Root => squares.sqrt(),
            _ => squares.mul(Numbers.Half),
        });
        return distances.ToQuantiles();
    }

    // The median point, which few outliers do not move.
    private static Tensor Median(Tensor points)
    {
        var step = (points.shape[0] + PointsForCentre - 1) / PointsForCentre;
        var (sorted, _) = points.slice(0, 0, points.shape[0], step).t().contiguous().sort(1);
        return sorted.select(1, sorted.shape[1] / 2);
    }
}
