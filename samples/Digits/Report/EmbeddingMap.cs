using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Digits;

/// <summary>Vectors in the plane of their two directions of largest variance (PCA), a dot an image, coloured by its digit.</summary>
internal static class EmbeddingMap
{
    private const double Size = 520;
    private const double Edge = 16;

    /// <param name="title">What it shows.</param>
    /// <param name="vectors">The vectors.</param>
    /// <param name="digits">Their images.</param>
    /// <param name="namesCentres">Whether to write each digit where its images are on average.</param>
    public static string Of(string title, Tensor vectors, DigitImages digits, bool namesCentres)
    {
        using var scope = NewDisposeScope();
        var centred = vectors - vectors.mean([0], keepdim: true);
        var (_, deviations, directions) = linalg.svd(centred, fullMatrices: false);
        var places = centred.mm(directions[..2].t()).data<float>().ToArray().Chunk(2).ToArray();
        var variances = deviations.square();
        var kept = variances[..2].sum().ToDouble() / variances.sum().ToDouble();
        var nearest = Neighbours.Of(vectors, 1);

        // Above 0 even where all vectors are the same.
        var reach = places.SelectMany(place => place).Max(MathF.Abs) + float.Epsilon;
        var svg = new StringBuilder($"<p class=\"figures\">These two directions hold {Display.Percent(kept)} of the variance.</p>\n");
        svg.Append($"<svg class=\"map\" viewBox=\"0 0 {Size} {Size}\" role=\"img\" aria-label=\"{title}\">\n");
        foreach (var (place, at) in places.Select((place, at) => (place, at)))
        {
            var misses = digits.Digits[(int)nearest[at][0]] != digits.Digits[at];
            svg.Append($"<circle class=\"d{digits.Digits[at]}{(misses ? " miss" : "")}\" cx=\"{X(place[0]):0.#}\" cy=\"{Y(place[1]):0.#}\" r=\"{(misses ? 5 : 3.5)}\" data-image=\"{at}\" data-digit=\"{digits.Digits[at]}\"/>\n");
        }

        var byDigit = places.Zip(digits.Digits).GroupBy(one => one.Second, one => one.First);
        foreach (var digit in namesCentres ? byDigit : [])
            svg.Append($"<text class=\"centre\" text-anchor=\"middle\" x=\"{X(digit.Average(place => place[0])):0.#}\" y=\"{Y(digit.Average(place => place[1])) + 8:0.#}\">{digit.Key}</text>\n");
        return svg.Append("</svg>\n").ToString();

        double X(double value) => (Size / 2) + (value / reach * ((Size / 2) - Edge));
        double Y(double value) => (Size / 2) - (value / reach * ((Size / 2) - Edge));
    }
}
