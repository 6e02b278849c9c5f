using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>A row of the weights for each index.</summary>
public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly long _paddingIndex;
    private readonly double? _maxNorm;
    private readonly double _normType;
    private readonly bool _scaleByFrequency;
    private readonly bool _sparse;

    internal Embedding(Parameter weight, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
        : base(nameof(Embedding))
    {
        this.weight = weight;
        long rows = weight.shape[0];
        _paddingIndex = padding_idx is long i ? (i < 0 ? i + rows : i) : -1;
        _maxNorm = max_norm;
        _normType = norm_type;
        _scaleByFrequency = scale_grad_by_freq;
        _sparse = sparse;
    }

    public Parameter weight
    {
        get => _internal_params[nameof(weight)];
        set => ConditionallyRegisterParameter(nameof(weight), value);
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        if (_maxNorm is double most)
            using (torch.no_grad()) Op.InPlace("embedding_renorm_", weight, input, most, _normType);
        return Op.Call("embedding", weight, input, _paddingIndex, _scaleByFrequency, _sparse);
    }
}
