using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Kanji;

/// <summary>Images [N, 1, 20, 20] → three convolutions of 16, 48 and 96 channels → 64 numbers of unit length.</summary>
internal sealed class EmbeddingNetwork : Module<Tensor, Tensor>
{
    private const int EncodedAtATime = 480;

    // Multiples of 16 channels: of 24, libtorch 2.10 can make NaN on a processor with AVX-512, as it reads memory that nobody wrote.
    private readonly Sequential _layers = Sequential(
        Conv2d(1, 16, 5, padding: 2), MaxPool2d(2), new Normalised(16, side: 10),
        Conv2d(16, 48, 3, padding: 1), MaxPool2d(2), new Normalised(48, side: 5),
        Conv2d(48, 96, 3, padding: 1), new Normalised(96, side: 5),
        Flatten(), Linear(96 * 5 * 5, 64));

    public EmbeddingNetwork()
        : base(nameof(EmbeddingNetwork)) => RegisterComponents();

    /// <summary>One line, for people.</summary>
    public static string Description => "conv 5×5 (16), max pool, conv 3×3 (48), max pool, conv 3×3 (96), each with layer normalisation and ReLU; linear to 64; unit length";

    public override Tensor forward(Tensor images)
    {
        // The channels of a pixel side by side in memory: so pooling takes a fifth of the time.
        using var pixels = images.reshape(-1, KanjiImages.Side, KanjiImages.Side, 1);
        using var channelsLast = pixels.permute(0, 3, 1, 2);
        using var vectors = _layers.call(channelsLast);
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

    /// <summary>Layer normalisation and ReLU: image by image, so that no image's vector depends on the others of its batch.</summary>
    private sealed class Normalised : Module<Tensor, Tensor>
    {
        private readonly LayerNorm _norm;

        public Normalised(int channels, int side)
            : base(nameof(Normalised))
        {
            _norm = LayerNorm([side, side, channels]);
            RegisterComponents();
        }

        // In the order of the memory.
        public override Tensor forward(Tensor planes)
        {
            using var pixels = planes.permute(0, 2, 3, 1);
            using var normalised = _norm.call(pixels);
            using var active = normalised.relu();
            return active.permute(0, 3, 1, 2);
        }
    }
}
