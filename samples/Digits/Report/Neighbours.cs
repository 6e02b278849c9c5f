using System.Text;
using static TorchSharp.torch;

namespace Digits;

/// <summary>Images with their nearest neighbours, hits and misses told apart.</summary>
internal static class Neighbours
{
    private const int Shown = 8;
    private const int Failures = 10;

    /// <summary>The places of the nearest other vectors of each one, the nearest first.</summary>
    public static long[][] Of(Tensor vectors, int count)
    {
        using var scope = NewDisposeScope();
        var distances = cdist(vectors, vectors);
        distances.diagonal().fill_(float.PositiveInfinity);
        var (_, places) = distances.topk(count, largest: false);
        return [.. places.data<long>().ToArray().Chunk(count)];
    }

    /// <summary>Two lists of queries: the first image of each digit, and images whose nearest neighbour is of another digit.</summary>
    public static (string Usual, string Failing) Lists(Tensor vectors, DigitImages digits)
    {
        var nearest = Of(vectors, Shown);
        var all = Enumerable.Range(0, digits.Count).OrderBy(at => digits.Digits[at]).ToList();
        return (
            Rows(all.DistinctBy(at => digits.Digits[at])),
            Rows(all.Where(at => digits.Digits[(int)nearest[at][0]] != digits.Digits[at]).Take(Failures)));

        string Rows(IEnumerable<int> queries)
        {
            var html = new StringBuilder();
            foreach (var query in queries)
            {
                html.Append($"<div class=\"row\">{Figure("query", query, "")}<span class=\"arrow\">→</span>");
                foreach (int found in nearest[query])
                    html.Append(digits.Digits[found] == digits.Digits[query] ? Figure("hit", found, "") : Figure("miss", found, " ✗"));
                html.Append("</div>\n");
            }

            return html.ToString();
        }

        string Figure(string kind, int image, string mark) =>
            $"<figure class=\"{kind}\">{Sprite.Thumb(image)}<figcaption>{digits.Digits[image]}{mark}</figcaption></figure>";
    }
}
