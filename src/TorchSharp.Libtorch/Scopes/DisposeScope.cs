namespace TorchSharp;

/// <summary>Owns what is created on its thread while it is open, and disposes what it still owns when it closes.</summary>
public sealed partial class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager _manager;
    private readonly object _lock = new();
    private HashSet<IDisposable> _owned = new(ReferenceEqualityComparer.Instance);
    private bool _closed;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        _manager = manager;
        Outer = outer;
    }

    internal DisposeScope? Outer { get; set; }

    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            lock (_lock) return Open._owned.ToArray();
        }
    }

    public int DisposablesCount
    {
        get
        {
            lock (_lock) return Open._owned.Count;
        }
    }

    private DisposeScope Open => _closed ? throw new ObjectDisposedException(nameof(DisposeScope)) : this;

    private LifetimeStatistics TensorStatistics => _manager.StatisticsOfThread.TensorStatistics;

    public bool Contains(IDisposable disposable)
    {
        lock (_lock) return Open._owned.Contains(disposable);
    }

    public void Attach(IDisposable disposable) => Attach([disposable]);

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var attached = disposables.ToList();
        foreach (IDisposable disposable in attached)
            if (Open.Take(disposable) && disposable is torch.Tensor)
                TensorStatistics.AttachedToScopeCount++;
        return attached;
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (IDisposable disposable in disposables)
        {
            if (!Open.Remove(disposable) || disposable is not torch.Tensor tensor) continue;
            tensor.OwningDisposeScope = null;
            TensorStatistics.DetachedFromScopeCount++;
        }
    }

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(Outer, disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(Outer, disposables);

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) =>
        MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        if (scope is null)
        {
            Detach(disposables);
            return;
        }
        foreach (IDisposable disposable in disposables)
            if (Open.Remove(disposable)) scope.Take(disposable);
    }

    public void DisposeEverything() => DisposeEverythingBut(Enumerable.Empty<IDisposable>());

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var kept = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        HashSet<IDisposable> owned;
        lock (_lock)
        {
            owned = Open._owned;
            _owned = kept;
        }
        foreach (IDisposable disposable in owned)
            if (!kept.Contains(disposable)) disposable.Dispose();
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        Remove(disposable);
        if (disposable is torch.Tensor tensor) tensor.OwningDisposeScope = null;
    }

    public void Dispose()
    {
        if (_closed) return;
        DisposeEverything();
        _manager.Close(this);
        _closed = true;
    }

    /// <summary>Adds what belongs to nobody yet.</summary>
    internal void Add(IDisposable disposable)
    {
        lock (_lock) _owned.Add(disposable);
    }

    /// <summary>Puts one tensor in the place of another.</summary>
    internal void Replace(torch.Tensor original, torch.Tensor replacement)
    {
        original.OwningDisposeScope = null;
        replacement.OwningDisposeScope = this;
        lock (_lock)
        {
            _owned.Remove(original);
            _owned.Add(replacement);
        }
    }

    /// <summary>Adds what may belong to another scope. False when it was here already.</summary>
    private bool Take(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
        {
            if (tensor.OwningDisposeScope == this) return false;
            tensor.OwningDisposeScope?.Remove(tensor);
            tensor.OwningDisposeScope = this;
        }
        lock (_lock) return _owned.Add(disposable);
    }

    private bool Remove(IDisposable disposable)
    {
        lock (_lock) return _owned.Remove(disposable);
    }
}
