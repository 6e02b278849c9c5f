using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Kanji;

/// <summary>Images moved, scaled and turned a little, each in another way.</summary>
internal static class RandomViews
{
    private const double Shift = 1.0 / (KanjiImages.Side / 2);
    private const double Scale = 0.1;
    private const double Turn = 0.05;

    /// <param name="images">[N, 1, side, side].</param>
    /// <param name="random">What the ways follow from.</param>
    public static Tensor Of(Tensor images, Random random)
    {
        using var scope = NewDisposeScope();
        var count = (int)images.shape[0];
        var ways = tensor([.. Enumerable.Range(0, count).SelectMany(_ => Way(random))], [count, 2, 3]);
        var grid = affine_grid(ways, [count, 1, KanjiImages.Side, KanjiImages.Side], align_corners: false);
        return grid_sample(images, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, align_corners: false).MoveToOuterDisposeScope();
    }

    // An affine map of the square from -1 to 1, as affine_grid takes it.
    private static float[] Way(Random random)
    {
        var (wide, high, angle) = (1 + Within(Scale), 1 + Within(Scale), Within(Turn));
        var (sine, cosine) = Math.SinCos(angle);
        return [(float)(wide * cosine), (float)(-high * sine), (float)Within(Shift), (float)(wide * sine), (float)(high * cosine), (float)Within(Shift)];

        double Within(double reach) => ((random.NextDouble() * 2) - 1) * reach;
    }
}
