namespace TripletLoss.Benchmarks;

/// <summary>Loss and gradient of one batch, as a training loop takes them: embeddings with a graph, the loss, backward.</summary>
internal sealed class LossSubject(Algorithm algorithm, Workload workload) : ISubject
{
    private readonly Batch _batch = Batch.Of(workload);

    public long ResultBytes => workload.EmbeddingBytes;

    public void Step()
    {
        using var scope = NewDisposeScope();
        var embeddings = _batch.Embeddings.detach().requires_grad_();
        algorithm.Call(_batch.Labels, embeddings).backward();
    }

    public void Dispose() => _batch.Dispose();
}
