using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>How long the embeddings of a batch are, and how far they spread.</summary>
internal static class EmbeddingSpread
{
    // The middle of the batch is the median of so many of its points at most.
    private const long PointsForCentre = 128;

    // So many are brought to the host at a time.
    private const long CoordinatesAtOnce = 1 << 16;

    private delegate double RowFunction(Span<double> row);

    /// <summary>The quantiles of their lengths; null for an empty batch.</summary>
    public static Quantiles? Norms(Tensor embeddings) => OfRows(embeddings, VectorMath.Normalise);

    /// <summary>Of their distances from the middle of the batch; null for an empty batch, a custom distance and a custom loss.</summary>
    public static Quantiles? FromCentre(Tensor embeddings, Distance? distance)
    {
        if (distance is not { CustomMatrix: null } || embeddings.size(0) == 0)
            return null;
        var median = Median(embeddings, distance.OfUnitVectors);
        return OfRows(embeddings, point =>
        {
            if (distance.OfUnitVectors)
                VectorMath.Normalise(point);
            return distance.Scale.Apply(VectorMath.SquaredDistance(point, median));
        });
    }

    private static Quantiles? OfRows(Tensor embeddings, RowFunction function)
    {
        var numbers = new double[embeddings.size(0)];
        Span<double> row = new double[embeddings.size(1)];
        var rowsAtOnce = (int)Math.Max(1, CoordinatesAtOnce / row.Length);
        for (var start = 0; start < numbers.Length; start += rowsAtOnce)
        {
            using var scope = NewDisposeScope();
            var end = Math.Min(start + rowsAtOnce, numbers.Length);
            var rows = new HostRows(embeddings.slice(0, start, end, 1));
            for (var place = start; place < end; place++)
            {
                rows.Read(place - start, row);
                numbers[place] = function(row);
            }
        }

        return ValueSample.QuantilesOf(numbers);
    }

    // [d]: the median point, which few outliers do not move.
    private static double[] Median(Tensor points, bool ofUnitVectors)
    {
        using var scope = NewDisposeScope();
        var some = points.slice(0, 0, points.size(0), (points.size(0) + PointsForCentre - 1) / PointsForCentre).to_type(float64);
        some = (ofUnitVectors ? UnitVectors.Of(some).Directions : some).t().contiguous();
        return HostCopy.Of<double>(some.kthvalue((some.size(1) / 2) + 1, 1).values);
    }
}
