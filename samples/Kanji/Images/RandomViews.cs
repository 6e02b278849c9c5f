using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Kanji;

/// <summary>Images distorted a little, each in another way.</summary>
internal static class RandomViews
{
    /// <summary>By how many pixels a point may move, to each side and up and down.</summary>
    public const int Reach = 2;

    /// <summary>Points × points move at random; what is between them moves with them.</summary>
    public const int Points = 3;

    // grid_sample takes the image as the square from -1 to 1.
    private const double Pixel = 2.0 / KanjiImages.Side;

    /// <param name="images">[N, 1, side, side].</param>
    /// <param name="random">What the ways follow from.</param>
    public static Tensor Of(Tensor images, Random random)
    {
        using var scope = NewDisposeScope();
        var count = (int)images.shape[0];
        var points = tensor([.. Enumerable.Range(0, count).SelectMany(_ => Moved(random))], [count, 2, Points, Points]);
        var grid = interpolate(points, [KanjiImages.Side, KanjiImages.Side], mode: InterpolationMode.Bilinear, align_corners: true).permute(0, 2, 3, 1);
        return grid_sample(images, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, align_corners: false).MoveToOuterDisposeScope();
    }

    // Where the points are looked for: across, row by row, and then down, row by row.
    private static IEnumerable<float> Moved(Random random)
    {
        for (var place = 0; place < 2 * Points * Points; place++)
        {
            var (isDown, row, column) = (place >= Points * Points, place / Points % Points, place % Points);
            yield return (float)(Place(isDown ? row : column) + (((random.NextDouble() * 2) - 1) * Reach * Pixel));
        }
    }

    // From the middle of the first pixel to that of the last.
    private static double Place(int point) => (((2.0 * point) / (Points - 1)) - 1) * (1 - (Pixel / 2));
}
