namespace TripletLoss.Benchmarks;

/// <summary>Every retrieval metric, each point looking for its class among all the others.</summary>
internal sealed class RetrievalSubject(Workload workload) : ISubject
{
    /// <summary>What the tables call it.</summary>
    public const string Name = "RetrievalMetrics.LeaveOneOut";

    private readonly Batch _batch = Batch.Of(workload);

    public long ResultBytes => 0;

    public void Step() => RetrievalMetrics.LeaveOneOut(_batch.Labels, _batch.Embeddings);

    public void Dispose() => _batch.Dispose();
}
