namespace TripletLoss.Benchmarks;

/// <summary>X·Xᵀ with a result of its own, as every method that builds the B×B matrix has it; for the memory table.</summary>
internal sealed class FreshProductSubject(Workload workload) : ISubject
{
    private readonly Batch _batch = Batch.Of(workload);

    public long ResultBytes => 0;

    public void Step()
    {
        using var scope = NewDisposeScope();
        _batch.Embeddings.mm(_batch.Embeddings.t());
    }

    public void Dispose() => _batch.Dispose();
}
