using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Kanji;

/// <summary>Images [N, 1, 20, 20] → three convolutions of 24, 48 and 96 channels → 64 numbers of unit length.</summary>
internal sealed class EmbeddingNetwork : Module<Tensor, Tensor>
{
    private const int EncodedAtATime = 480;

    private readonly Sequential _layers = Sequential(
        [Conv2d(1, 24, 4, stride: 2, padding: 1), .. Normalised(24, side: 10), Conv2d(24, 48, 3, padding: 1), MaxPool2d(2), .. Normalised(48, side: 5), Conv2d(48, 96, 3, padding: 1), .. Normalised(96, side: 5),
        Flatten(), Linear(96 * 5 * 5, 64)]);

    public EmbeddingNetwork()
        : base(nameof(EmbeddingNetwork)) => RegisterComponents();

    /// <summary>One line, for people.</summary>
    public static string Description => "conv 4×4 (24) at every other pixel, conv 3×3 (48), max pool, conv 3×3 (96), each with layer normalisation and ReLU; linear to 64; unit length";

    public override Tensor forward(Tensor images)
    {
        using var vectors = _layers.call(images);
        return functional.normalize(vectors, p: 2, dim: 1);
    }

    /// <summary>The vectors of many images, without a graph.</summary>
    public Tensor Encode(Tensor images)
    {
        using var scope = NewDisposeScope();
        using var without = no_grad();
        var vectors = cat([.. images.split(EncodedAtATime).Select(call)]);
        return vectors.MoveToOuterDisposeScope();
    }

    // Image by image, so that no image's vector depends on the others of its batch.
    private static Module<Tensor, Tensor>[] Normalised(int channels, int side) => [LayerNorm([channels, side, side]), ReLU()];
}
