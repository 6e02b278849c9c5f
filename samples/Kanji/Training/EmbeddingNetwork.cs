using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Kanji;

/// <summary>Images [N, 1, 20, 20] → three convolutions of 32, 64 and 128 channels → 64 numbers of unit length.</summary>
internal sealed class EmbeddingNetwork : Module<Tensor, Tensor>
{
    private const int EncodedAtATime = 480;

    private readonly Sequential _layers = Sequential(
        [.. Block(1, 32, side: 20), MaxPool2d(2), .. Block(32, 64, side: 10), MaxPool2d(2), .. Block(64, 128, side: 5), Flatten(), Linear(128 * 5 * 5, 64)]);

    public EmbeddingNetwork()
        : base(nameof(EmbeddingNetwork)) => RegisterComponents();

    /// <summary>One line, for people.</summary>
    public static string Description => "conv 3×3 (32), max pool, conv 3×3 (64), max pool, conv 3×3 (128), each with layer normalisation and ReLU; linear to 64; unit length";

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

    // Normalised image by image, so that no image's vector depends on the others of its batch.
    private static Module<Tensor, Tensor>[] Block(int from, int to, int side) => [Conv2d(from, to, 3, padding: 1), LayerNorm([to, side, side]), ReLU()];
}
