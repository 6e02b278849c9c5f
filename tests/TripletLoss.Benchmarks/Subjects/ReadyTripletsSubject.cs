namespace TripletLoss.Benchmarks;

/// <summary>TorchSharp's own TripletMarginLoss, forward and backward, on B triplets that somebody else has chosen.</summary>
internal sealed class ReadyTripletsSubject(Workload workload) : ISubject
{
    /// <summary>What the tables call it.</summary>
    public const string Name = "TripletMarginLoss";

    private readonly Batch _points = Batch.Of(workload.WithBatch(3 * workload.Batch));
    private readonly TorchSharp.Modules.TripletMarginLoss _loss = nn.TripletMarginLoss(Algorithm.Margin);

    public long ResultBytes => 3 * workload.EmbeddingBytes;

    public void Step()
    {
        using var scope = NewDisposeScope();
        _loss.forward(Rows(0), Rows(1), Rows(2)).backward();
    }

    public void Dispose()
    {
        _loss.Dispose();
        _points.Dispose();
    }

    private Tensor Rows(int part) =>
        _points.Embeddings.narrow(0, part * workload.Batch, workload.Batch).detach().requires_grad_();
}
