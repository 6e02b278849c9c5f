namespace TripletLoss.Benchmarks;

/// <summary>The ten nearest neighbours of each point among all.</summary>
internal sealed class NeighbourSubject(Workload workload) : ISubject
{
    /// <summary>What the tables call it.</summary>
    public const string Name = "NearestNeighbours.Search";

    private const int K = 10;

    private readonly Batch _batch = Batch.Of(workload);

    public long ResultBytes => workload.Batch * K * (sizeof(long) + sizeof(float));

    public void Step()
    {
        using var scope = NewDisposeScope();
        NearestNeighbours.Search(_batch.Embeddings, _batch.Embeddings, K);
    }

    public void Dispose() => _batch.Dispose();
}
