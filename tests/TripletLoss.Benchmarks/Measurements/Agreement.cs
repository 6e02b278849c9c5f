using System.Globalization;

namespace TripletLoss.Benchmarks;

/// <summary>A peer is timed only when it computes the same number.</summary>
internal static class Agreement
{
    // Between two float32 computations of one loss, one of which chooses on the expanded form of the distances.
    private const double Tolerance = 1e-4;

    /// <summary>Compares the values.</summary>
    /// <exception cref="InvalidOperationException">They differ.</exception>
    public static void Check(Algorithm peer, Workload workload)
    {
        using var batch = Batch.Of(workload);
        double ours = Value(Algorithm.Ours(workload.Loss), batch);
        double theirs = Value(peer, batch);
        if (!(Math.Abs(ours - theirs) <= Tolerance * Math.Max(Math.Abs(theirs), Algorithm.Margin)))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{peer.Name} gives {theirs} on {workload.Description}, TripletLoss {ours}."));
        }
    }

    private static double Value(Algorithm algorithm, Batch batch)
    {
        using var scope = NewDisposeScope();
        return algorithm.Call(batch.Labels, batch.Embeddings).item<float>();
    }
}
