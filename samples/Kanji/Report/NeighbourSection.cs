using System.Text;

namespace Kanji;

/// <summary>Unseen images with their nearest neighbours in other typefaces, hits and misses told apart, and where it fails.</summary>
internal static class NeighbourSection
{
    private const int Shown = 8;
    private const int Queries = 12;
    private const int Pairs = 10;
    private static readonly (string, string)[] Keys = [("hit", "good"), ("miss ✗", "bad")];

    public static string Of(KanjiImages kanji, Ranking ranking) => Html.Section(
        "Nearest neighbours",
        Html.Card("Across typefaces", $"{Queries} unseen characters, each in another typeface, and their {Shown} nearest images, the nearest first.", Keys, Rows(kanji, ranking, Usual(kanji))),
        Html.Card("What fails", "For each of the worst characters, the image whose neighbours are the worst.", Keys, Rows(kanji, ranking, Worst(kanji, ranking))),
        Html.Card("Confusions", $"How often another character is the nearest, of {2 * Typeface.Names.Count} images per pair.", [], Confusions(kanji, ranking), "wide"));

    /// <summary>Characters from all over the set, each in another typeface.</summary>
    public static IEnumerable<int> Usual(KanjiImages kanji) => Enumerable.Range(0, Math.Min(Queries, kanji.Characters.Count))
        .Select(query => (query * (kanji.Characters.Count / Math.Min(Queries, kanji.Characters.Count)) * Typeface.Names.Count) + (query * 7 % Typeface.Names.Count));

    /// <summary>The image of each character with the lowest average precision, the lowest first.</summary>
    public static IEnumerable<int> Worst(KanjiImages kanji, Ranking ranking) => Enumerable.Range(0, kanji.Count)
        .OrderBy(ranking.AveragePrecisionAtR)
        .DistinctBy(kanji.CharacterOf)
        .Take(Queries);

    private static string Rows(KanjiImages kanji, Ranking ranking, IEnumerable<int> queries)
    {
        var html = new StringBuilder();
        foreach (var query in queries)
        {
            html.Append($"<div class=\"row\">{Figure("query", query, "")}<span class=\"arrow\">→</span>");
            for (var rank = 0; rank < Shown; rank++)
                html.Append(ranking.IsHit(query, rank) ? Figure("hit", ranking.Nearest[query][rank], "") : Figure("miss", ranking.Nearest[query][rank], "✗"));
            html.Append($"<span class=\"typeface\">{Typeface.Names[kanji.TypefaceOf(query)]}</span></div>\n");
        }

        return html.ToString();

        string Figure(string kind, int image, string mark) =>
            $"<figure class=\"{kind}\">{Sprite.Thumb(kanji, image)}{(mark is "" ? "" : $"<figcaption>{mark}</figcaption>")}</figure>";
    }

    private static string Confusions(KanjiImages kanji, Ranking ranking)
    {
        var misses = Enumerable.Range(0, kanji.Count).Where(image => !ranking.IsHit(image, 0))
            .Select(image => (One: kanji.CharacterOf(image), Other: kanji.CharacterOf(ranking.Nearest[image][0])))
            .CountBy(pair => (Math.Min(pair.One, pair.Other), Math.Max(pair.One, pair.Other)))
            .OrderByDescending(pair => pair.Value).Take(Pairs).ToList();
        return misses is []
            ? "<p>None: the nearest image is always of the same character.</p>"
            : $"<div class=\"pairs\">{string.Concat(misses.Select(pair => $"<span class=\"pair\">{First(pair.Key.Item1)}{First(pair.Key.Item2)} {pair.Value} ×</span>"))}</div>";

        string First(int character) => Sprite.Thumb(kanji, character * Typeface.Names.Count);
    }
}
