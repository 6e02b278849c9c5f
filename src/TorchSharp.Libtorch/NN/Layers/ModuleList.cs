using System.Collections;

namespace TorchSharp.Modules;

/// <summary>Modules by number, registered with whoever holds the list.</summary>
public class ModuleList<T> : torch.nn.Module, IList<T> where T : torch.nn.Module
{
    private readonly List<T> _list = [];

    public ModuleList(params T[] modules) : base(nameof(ModuleList<T>)) => extend(modules);

    public int Count => _list.Count;

    public bool IsReadOnly => false;

    public T this[int index]
    {
        get => _list[index];
        set => Change(() => _list[index] = value);
    }

    public void append(params T[] parameters) => extend(parameters);

    public void extend(IEnumerable<T> modules) => Change(() => _list.AddRange(modules));

    public void Add(T item) => Change(() => _list.Add(item));

    public void Insert(int index, T item) => Change(() => _list.Insert(index, item));

    public void RemoveAt(int index) => Change(() => _list.RemoveAt(index));

    public void Clear() => Change(_list.Clear);

    public bool Remove(T item)
    {
        bool removed = false;
        Change(() => removed = _list.Remove(item));
        return removed;
    }

    public bool Contains(T item) => _list.Contains(item);

    public int IndexOf(T item) => _list.IndexOf(item);

    public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

    public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected override void RegisterComponents()
    {
    }

    /// <summary>The names are the numbers, so they are given anew.</summary>
    private void Change(Action change)
    {
        change();
        ClearModules();
        for (int i = 0; i < _list.Count; i++) register_module(i.ToString(), _list[i]);
    }
}
