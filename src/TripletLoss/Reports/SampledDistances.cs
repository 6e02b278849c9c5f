using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The distances of some pairs for a report.</summary>
internal static class SampledDistances
{
    // Of either side at a time: memory fresh from the system would cost more than the distances.
    private const long CoordinatesAtOnce = 1 << 15;

    /// <summary>A distance for each pair of a row of <paramref name="anchors"/> [A, d] and one of <paramref name="references"/> [N, d].</summary>
    public static double[] Of(Distance distance, Tensor anchors, Tensor references, (long[] Anchors, long[] Others) pairs)
    {
        var distances = new double[pairs.Anchors.Length];
        double[] x = new double[anchors.size(1)], y = new double[x.Length];
        var pairsAtOnce = (int)Math.Max(1, CoordinatesAtOnce / x.Length);
        for (var start = 0; start < distances.Length; start += pairsAtOnce)
        {
            using var scope = NewDisposeScope();
            var end = Math.Min(start + pairsAtOnce, distances.Length);
            Tensor some = Rows(anchors, pairs.Anchors[start..end]), others = Rows(references, pairs.Others[start..end]);
            if (distance.CustomMatrix is not null)
            {
                HostCopy.View<double>(RowDistances.Between(distance, some, others).to_type(float64)).CopyTo(distances.AsSpan(start));
                continue;
            }

            HostRows first = new(some), second = new(others);
            for (var pair = start; pair < end; pair++)
            {
                first.Read(pair - start, x);
                second.Read(pair - start, y);
                distances[pair] = Between(distance, x, y);
            }
        }

        return distances;
    }

    private static Tensor Rows(Tensor points, long[] rows) => points.index_select(0, tensor(rows, device: points.device));

    private static double Between(Distance distance, Span<double> x, Span<double> y) =>
        // A zero vector has no direction, and is at distance 1 from everything.
        distance.OfUnitVectors && (VectorMath.Normalise(x) == 0 | VectorMath.Normalise(y) == 0)
            ? 1
            : distance.Scale.Apply(VectorMath.SquaredDistance(x, y));
}
