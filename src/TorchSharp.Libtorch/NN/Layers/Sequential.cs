namespace TorchSharp.Modules;

/// <summary>One module after the other.</summary>
public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    protected internal Sequential(params (string, torch.nn.Module<torch.Tensor, torch.Tensor>)[] modules) : base(nameof(Sequential))
    {
        foreach ((string name, torch.nn.Module<torch.Tensor, torch.Tensor> module) in modules) append(name, module);
    }

    protected internal Sequential(params torch.nn.Module<torch.Tensor, torch.Tensor>[] modules) : base(nameof(Sequential))
    {
        foreach (torch.nn.Module<torch.Tensor, torch.Tensor> module in modules) append(module);
    }

    public int Count => _internal_submodules.Count;

    public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => At(index);

    public Sequential this[Range index]
    {
        get
        {
            (int offset, int length) = index.GetOffsetAndLength(Count);
            return new Sequential(Enumerable.Range(offset, length).Select(i => (_internal_submodules[i].Item1, At(i))).ToArray());
        }
    }

    public Sequential this[(int? start, int? end) index] => this[(index.start ?? 0)..(index.end ?? Count)];

    public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) => append(Count.ToString(), module);

    public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
    {
        if (module is not torch.nn.Module<torch.Tensor, torch.Tensor> added)
            throw new ArgumentException("Only a Module<Tensor, Tensor> can be part of a Sequential.", nameof(module));
        add_module(name, added);
        return this;
    }

    public override torch.Tensor forward(torch.Tensor tensor)
    {
        if (Count == 0) return tensor.alias();
        torch.Tensor result = At(0).call(tensor);
        for (int i = 1; i < Count; i++)
        {
            torch.Tensor next = At(i).call(result);
            // A module that works in place returns what it was given.
            if (!ReferenceEquals(next, result) && !ReferenceEquals(result, tensor)) result.Dispose();
            result = next;
        }
        return result;
    }

    private torch.nn.Module<torch.Tensor, torch.Tensor> At(int index) =>
        (torch.nn.Module<torch.Tensor, torch.Tensor>)_internal_submodules[index].Item2;
}
