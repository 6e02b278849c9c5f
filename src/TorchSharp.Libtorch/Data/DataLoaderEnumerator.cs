using System.Collections;

namespace TorchSharp.Modules;

/// <summary>Makes one batch after the other, and disposes the last one when the next is asked for.</summary>
internal sealed class DataLoaderEnumerator<T, S> : IEnumerator<S>
{
    private readonly DataLoader<T, S> _loader;
    private IEnumerator<long> _sampler;
    private IReadOnlyList<IDisposable> _ofBatch = [];
    private S? _current;

    internal DataLoaderEnumerator(DataLoader<T, S> loader)
    {
        _loader = loader;
        _sampler = loader.sampler.GetEnumerator();
    }

    public S Current => _current!;

    object? IEnumerator.Current => _current;

    public bool MoveNext()
    {
        DisposeBatch();
        var indices = new List<long>(_loader.batch_size);
        while (indices.Count < _loader.batch_size && _sampler.MoveNext()) indices.Add(_sampler.Current);
        if (indices.Count == 0 || (_loader.drop_last && indices.Count < _loader.batch_size)) return false;

        // The items go with the inner scope; what collating made belongs to the batch.
        using var items = torch.NewDisposeScope();
        T[] batch = Fetch(indices, items);
        using var collated = torch.NewDisposeScope();
        _current = _loader.collate_fn(batch, _loader.Device);
        IReadOnlyList<IDisposable> made = collated.DisposablesView;
        collated.Detach(made);
        if (_loader.DisposeBatch) _ofBatch = made;
        return true;
    }

    public void Reset()
    {
        DisposeBatch();
        _sampler.Dispose();
        _sampler = _loader.sampler.GetEnumerator();
    }

    public void Dispose()
    {
        DisposeBatch();
        _sampler.Dispose();
    }

    private T[] Fetch(List<long> indices, DisposeScope items)
    {
        var batch = new T[indices.Count];
        if (_loader.num_workers == 1)
        {
            for (int i = 0; i < batch.Length; i++) batch[i] = _loader.dataset.GetTensor(indices[i]);
            return batch;
        }
        // Scopes are per thread: what a worker makes is handed over to the scope of this one.
        var made = new IReadOnlyList<IDisposable>[batch.Length];
        Parallel.For(0, batch.Length, new ParallelOptions { MaxDegreeOfParallelism = _loader.num_workers }, i =>
        {
            using var own = torch.NewDisposeScope();
            batch[i] = _loader.dataset.GetTensor(indices[i]);
            made[i] = own.DisposablesView;
            own.Detach(made[i]);
        });
        foreach (IReadOnlyList<IDisposable> ofItem in made) items.Attach(ofItem);
        return batch;
    }

    private void DisposeBatch()
    {
        foreach (IDisposable disposable in _ofBatch) disposable.Dispose();
        _ofBatch = [];
    }
}
