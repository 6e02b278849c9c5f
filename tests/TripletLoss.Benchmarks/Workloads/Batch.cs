namespace TripletLoss.Benchmarks;

/// <summary>The labels and embeddings of a workload; the same for the same workload.</summary>
internal sealed class Batch : IDisposable
{
    private const int Seed = 7;

    private Batch(Tensor labels, Tensor embeddings) => (Labels, Embeddings) = (labels, embeddings);

    /// <summary>int64 [B], shuffled.</summary>
    public Tensor Labels { get; }

    /// <summary>float32 [B, d], without a gradient.</summary>
    public Tensor Embeddings { get; }

    /// <summary>Makes the batch of a workload.</summary>
    public static Batch Of(Workload workload)
    {
        var random = new Random(Seed);
        var labels = new long[workload.Batch];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = i / workload.ClassSize;
        random.Shuffle(labels);
        var points = new float[(long)workload.Batch * workload.Dim];
        for (int row = 0; row < workload.Batch; row++)
        {
            var point = points.AsSpan(row * workload.Dim, workload.Dim);
            Fill(point, workload, row, random);
            if (workload.Data == DataShape.Clusters)
                Move(point, (int)labels[row]);
            else if (workload.Data == DataShape.NearDuplicates && row % 100 == 1)
                Approach(point, points.AsSpan((row - 1) * workload.Dim, workload.Dim));
        }
        if (workload.Data == DataShape.NearDuplicates)
            points.AsSpan(0, workload.Dim).Clear();
        return new Batch(tensor(labels), tensor(points, [workload.Batch, workload.Dim]));
    }

    public void Dispose()
    {
        Labels.Dispose();
        Embeddings.Dispose();
    }

    private static void Fill(Span<float> point, Workload workload, int row, Random random)
    {
        if (workload.Data == DataShape.AllEqual)
        {
            point.Fill(0.25f);
            return;
        }
        double scale = Length(workload.Data, row, random) / Math.Sqrt(workload.Dim);
        foreach (ref float coordinate in point)
            coordinate = (float)(scale * Normal(random));
    }

    // A clump of radius 10⁻³ about a centre at distance 10 of the origin.
    private static void Move(Span<float> point, int label)
    {
        var random = new Random(Seed + 1 + label);
        foreach (ref float coordinate in point)
            coordinate = (float)((10 * Normal(random) / Math.Sqrt(point.Length)) + (1e-3 * coordinate));
    }

    private static void Approach(Span<float> point, ReadOnlySpan<float> other)
    {
        for (int i = 0; i < point.Length; i++)
            point[i] = other[i] + (1e-5f * point[i]);
    }

    private static double Length(DataShape data, int row, Random random) => data switch
    {
        DataShape.LogNormal => Math.Exp(2 * Normal(random)),
        DataShape.Outliers when row % 100 == 0 => 1000,
        DataShape.HalfActive => 10,
        _ => 1,
    };

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
