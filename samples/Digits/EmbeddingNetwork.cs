using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Digits;

/// <summary>64 pixels → 128 → 64 → 16 numbers of unit length.</summary>
internal sealed class EmbeddingNetwork : Module<Tensor, Tensor>
{
    private readonly Sequential _layers = Sequential(
        Linear(DigitImages.Pixels, 128),
        ReLU(),
        Linear(128, 64),
        ReLU(),
        Linear(64, 16));

    public EmbeddingNetwork()
        : base(nameof(EmbeddingNetwork)) => RegisterComponents();

    public override Tensor forward(Tensor images)
    {
        using var vectors = _layers.call(images);
        return functional.normalize(vectors, p: 2, dim: 1);
    }
}
