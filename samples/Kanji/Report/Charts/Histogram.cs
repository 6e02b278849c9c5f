using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace Kanji;

/// <summary>How far apart images of one character and of two are: squared distances of all pairs of unit vectors, in shares of each kind.</summary>
internal static class Histogram
{
    private const double Width = 520;
    private const double Height = 250;
    private const int Farthest = 4;
    private const int Bins = 80;

    // Medians are read from a finer one.
    private const int FineBins = 4000;

    public static string Of(string title, Tensor vectors, KanjiImages kanji)
    {
        var (positives, negatives) = Counts(vectors, kanji);
        var (near, far) = (Shares(positives), Shares(negatives));
        var frame = new Frame(Width, Height, Farthest, Frame.TickAbove(near.Concat(far).Max()));
        return new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"<p class=\"figures\">Median: <b class=\"blue\">{Median(positives):F3}</b> within a character, <b class=\"orange\">{Median(negatives):F3}</b> between two</p>\n")
            .Append($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title}\">\n")
            .Append(frame.Axes("squared distance", "share of pairs", distance => $"{distance:0.#}", share => $"{100 * share:0.#} %"))
            .Append(Steps(frame, far, "orange"))
            .Append(Steps(frame, near, "blue"))
            .Append("</svg>\n").ToString();
    }

    private static (long[] Positives, long[] Negatives) Counts(Tensor vectors, KanjiImages kanji)
    {
        using var scope = NewDisposeScope();
        var products = vectors.mm(vectors.t()).data<float>().ToArray();
        var (positives, negatives) = (new long[FineBins], new long[FineBins]);
        for (var one = 0; one < kanji.Count; one++)
        {
            for (var other = 0; other < one; other++)
            {
                // Of unit vectors: |a − b|² = 2 − 2 ab.
                var squared = 2 - (2 * products[((long)one * kanji.Count) + other]);
                var bin = Math.Clamp((int)(squared / Farthest * FineBins), 0, FineBins - 1);
                (kanji.CharacterOf(one) == kanji.CharacterOf(other) ? positives : negatives)[bin]++;
            }
        }

        return (positives, negatives);
    }

    private static double[] Shares(long[] counts)
    {
        var whole = (double)counts.Sum();
        return [.. counts.Chunk(FineBins / Bins).Select(bin => bin.Sum() / whole)];
    }

    private static double Median(long[] counts)
    {
        var (rest, bin) = (counts.Sum() / 2, 0);
        while ((rest -= counts[bin]) > 0) bin++;
        return (bin + 0.5) * Farthest / FineBins;
    }

    private static string Steps(Frame frame, double[] shares, string colour)
    {
        var tops = shares.Select((share, bin) => string.Create(CultureInfo.InvariantCulture, $"H{frame.X(Distance(bin)):0.#}V{frame.Y(share):0.#}H{frame.X(Distance(bin + 1)):0.#}"));
        return string.Create(CultureInfo.InvariantCulture, $"<path class=\"area {colour}\" d=\"M{frame.X(0):0.#} {frame.Y(0):0.#}{string.Concat(tops)}V{frame.Y(0):0.#}Z\"/>\n");
    }

    private static double Distance(int bin) => (double)Farthest * bin / Bins;
}
