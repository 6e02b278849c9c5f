using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Kanji;

/// <summary>Images [N, 1, 20, 20] → three convolutions of 16, 48 and 96 channels → 64 numbers of unit length.</summary>
internal sealed class EmbeddingNetwork : Module<Tensor, Tensor>
{
    private const int EncodedAtATime = 480;

    private readonly Sequential _layers = Sequential(
        [.. Block(1, 16, side: 20, pool: 2), .. Block(16, 48, side: 10, pool: 2), .. Block(48, 96, side: 5, pool: 1), Flatten(), Linear(96 * 5 * 5, 64)]);

    public EmbeddingNetwork()
        : base(nameof(EmbeddingNetwork)) => RegisterComponents();

    /// <summary>One line, for people.</summary>
    public static string Description => "conv 3×3 (16), max pool, conv 3×3 (48), max pool, conv 3×3 (96), each with layer normalisation and ReLU; linear to 64; unit length";

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

    // Normalised image by image, so that no image's vector depends on the others of its batch; the smaller images of the pool are cheaper to normalise.
    private static Module<Tensor, Tensor>[] Block(int from, int to, int side, int pool) =>
        [Conv2d(from, to, 3, padding: 1), MaxPool2d(pool), LayerNorm([to, side / pool, side / pool]), ReLU()];
}
