namespace TripletLoss.Benchmarks;

/// <summary>The yardstick: one dense product X·Xᵀ into a B×B result that is there already.</summary>
/// <remarks>Beyond a gigabyte of result the product is taken in strips of rows, all into the same memory.</remarks>
internal sealed class ProductSubject : ISubject
{
    private const long LargestResult = 1L << 30;

    private readonly Batch _batch;
    private readonly Tensor _transposed;
    private readonly Tensor[] _strips;
    private readonly Tensor _result;

    public ProductSubject(Workload workload)
    {
        _batch = Batch.Of(workload);
        _transposed = _batch.Embeddings.t();
        long rows = Math.Min(workload.Batch, LargestResult / sizeof(float) / workload.Batch);
        _strips = _batch.Embeddings.split(rows);
        _result = zeros(rows, workload.Batch);
    }

    public long ResultBytes => 0;

    public void Step()
    {
        using var scope = NewDisposeScope();
        foreach (var strip in _strips)
            _result.narrow(0, 0, strip.shape[0]).addmm_(strip, _transposed, beta: 0, alpha: 1);
    }

    public void Dispose()
    {
        _result.Dispose();
        foreach (var strip in _strips)
            strip.Dispose();
        _transposed.Dispose();
        _batch.Dispose();
    }
}
