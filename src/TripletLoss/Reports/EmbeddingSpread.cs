using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>How long the embeddings of a batch are, and how far they spread.</summary>
internal static class EmbeddingSpread
{
    // The middle of the batch is the median of so many of its points at most.
    private const long PointsForCentre = 128;

    // Coordinates in float64 at a time, on a CPU: memory fresh from the system would cost more than the sums.
    private const long CoordinatesAtOnce = 1 << 16;

    /// <summary>The quantiles of their lengths; null for an empty batch.</summary>
    public static Quantiles? Norms(Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        var norms = new ValueSample();
        norms.Add(InParts(embeddings, Lengths));
        return norms.ToQuantiles();
    }

    /// <summary>Of their distances from the middle of the batch; null for an empty batch, a custom distance and a custom loss.</summary>
    public static Quantiles? FromCentre(Tensor embeddings, Distance? distance)
    {
        if (distance is not { CustomMatrix: null } || embeddings.size(0) == 0)
            return null;
        using var scope = NewDisposeScope();
        var points = embeddings.to_type(embeddings.dtype == float64 ? float64 : float32);
        if (distance.OfUnitVectors)
            points = UnitVectors.Of(points).Directions;
        var median = Median(points).to_type(float64);
        var roots = InParts(points, part => (part.to_type(float64) - median).norm(1));
        var distances = new ValueSample();
        distances.Add(distance.Scale switch
        {
            DistanceScale.Squared => roots.mul(roots),
            DistanceScale.Root => roots,
            _ => roots.mul(roots).mul(Numbers.Half),
        });
        return distances.ToQuantiles();
    }

    // [B] of [B, d].
    private static Tensor InParts(Tensor points, Func<Tensor, Tensor> lengths)
    {
        if (points.device_type != TorchSharp.DeviceType.CPU)
            return lengths(points);
        return cat([.. points.split(Math.Max(1, CoordinatesAtOnce / points.size(1))).Select(part =>
        {
            using var scope = NewDisposeScope();
            return lengths(part).MoveToOuterDisposeScope();
        })]);
    }

    private static Tensor Lengths(Tensor embeddings)
    {
        var points = embeddings.to_type(float64);
        // The squares of other types fit float64.
        if (embeddings.dtype != float64)
            return points.norm(1);
        var unit = UnitVectors.Of(points);
        return unit.Lengths.masked_fill(unit.IsZero, Numbers.Zero).squeeze(1);
    }

    // [1, d]: the median point, which few outliers do not move.
    private static Tensor Median(Tensor points)
    {
        var step = (points.size(0) + PointsForCentre - 1) / PointsForCentre;
        var some = points.slice(0, 0, points.size(0), step).t().contiguous();
        return some.kthvalue((some.size(1) / 2) + 1, 1).values.unsqueeze(0);
    }
}
