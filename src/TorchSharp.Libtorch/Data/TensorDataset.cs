namespace TorchSharp.Modules;

/// <summary>Item i is the i-th row of each of the tensors.</summary>
public class TensorDataset : torch.utils.data.IterableDataset
{
    private readonly torch.Tensor[] _tensors;

    internal TensorDataset(torch.Tensor[] tensors)
    {
        if (tensors.Length == 0) throw new ArgumentException("A data set of tensors needs one tensor at least.", nameof(tensors));
        if (tensors.Any(t => t.size(0) != tensors[0].size(0)))
            throw new ArgumentException($"All tensors must have the same first extent, not {string.Join(", ", tensors.Select(t => t.size(0)))}.", nameof(tensors));
        _tensors = tensors.Select(t => t.alias().DetachFromDisposeScope()).ToArray();
    }

    public override long Count => _tensors[0].size(0);

    public IList<torch.Tensor> this[long index] => _tensors.Select(t => t[index]).ToList();

    public override IList<torch.Tensor> GetTensor(long index) => this[index];

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (torch.Tensor tensor in _tensors) tensor.Dispose();
    }
}
