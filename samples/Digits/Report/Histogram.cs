using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Digits;

/// <summary>How far apart images of one digit and of two digits are: squared distances of all pairs of unit vectors, in shares of each kind.</summary>
internal static class Histogram
{
    private const double Width = 520;
    private const double Height = 250;
    private const int Farthest = 4;
    private const int Bins = 80;

    public static string Of(string title, Tensor vectors, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var distances = cdist(vectors, vectors).square();
        var isSame = labels.unsqueeze(0) == labels.unsqueeze(1);
        var isFirst = ones_like(isSame).triu(1);
        var positives = distances.masked_select(isSame & isFirst);
        var negatives = distances.masked_select(isSame.logical_not() & isFirst);
        var (near, far) = (Shares(positives), Shares(negatives));

        var frame = new Frame(Width, Height, Farthest, Frame.TickAbove(near.Concat(far).Max()));
        return new StringBuilder()
            .Append($"<p class=\"figures\">Median: <b class=\"blue\">{Median(positives)}</b> within a digit, <b class=\"orange\">{Median(negatives)}</b> between digits</p>\n")
            .Append($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title}\">\n")
            .Append(frame.Axes("squared distance", "share of pairs", distance => $"{distance:0.#}", share => $"{100 * share:0.#} %"))
            .Append(Steps(frame, far, "orange"))
            .Append(Steps(frame, near, "blue"))
            .Append("</svg>\n").ToString();
    }

    private static double[] Shares(Tensor distances) =>
        [.. distances.histc(Bins, 0, Farthest).data<float>().ToArray().Select(count => count / (double)distances.numel())];

    private static string Median(Tensor distances) => Display.Number(distances.median().ToDouble());

    private static string Steps(Frame frame, double[] shares, string colour)
    {
        var tops = shares.Select((share, bin) => $"H{frame.X(Distance(bin)):0.#}V{frame.Y(share):0.#}H{frame.X(Distance(bin + 1)):0.#}");
        return $"<path class=\"area {colour}\" d=\"M{frame.X(0):0.#} {frame.Y(0):0.#}{string.Concat(tops)}V{frame.Y(0):0.#}Z\"/>\n";
    }

    private static double Distance(int bin) => (double)Farthest * bin / Bins;
}
