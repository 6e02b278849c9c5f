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
        var points = new float[(long)workload.Batch * workload.Dim];
        for (int row = 0; row < workload.Batch; row++)
            Fill(points.AsSpan(row * workload.Dim, workload.Dim), workload, row, random);
        var labels = new long[workload.Batch];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = i / workload.ClassSize;
        random.Shuffle(labels);
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

    private static double Length(DataShape data, int row, Random random) => data switch
    {
        DataShape.LogNormal => Math.Exp(2 * Normal(random)),
        DataShape.Outliers when row % 100 == 0 => 1000,
        _ => 1,
    };

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
