using System.Globalization;

namespace Kanji;

/// <summary>How well images in each typeface find their character in all the others.</summary>
internal static class TypefaceSection
{
    private const int Samples = 5;

    public static string Of(KanjiImages kanji, Ranking byPixels, Ranking byNetwork)
    {
        var rows = Enumerable.Range(0, Typeface.Names.Count)
            .Select(typeface => (Typeface: typeface, MapAtR: Mean(typeface, byNetwork.AveragePrecisionAtR)))
            .OrderByDescending(row => row.MapAtR)
            .Select(row => (string[])[Typeface.Names[row.Typeface], Images(row.Typeface), $"<span class=\"bar\" style=\"--share:{Text(row.MapAtR)}\">{Text(row.MapAtR)}</span>", Text(Mean(row.Typeface, image => byNetwork.IsHit(image, 0) ? 1 : 0)), Text(Mean(row.Typeface, byPixels.AveragePrecisionAtR))]);
        return Html.Section("Typefaces", Html.Card(
            "Queries in each typeface", "Brush scripts are far from print, and from each other. The best typeface first.", [],
            Html.Table(["", $"{Math.Min(Samples, kanji.Characters.Count)} unseen characters", "MAP@R", "recall@1", "MAP@R of the pixels"], rows), "wide"));

        double Mean(int typeface, Func<int, double> figure) => Enumerable.Range(0, kanji.Characters.Count).Average(character => figure(ImageOf(character, typeface)));
        string Images(int typeface) => $"<span class=\"line\">{string.Concat(Enumerable.Range(0, Math.Min(Samples, kanji.Characters.Count)).Select(character => Sprite.Thumb(kanji, ImageOf(character, typeface))))}</span>";
    }

    private static int ImageOf(int character, int typeface) => (character * Typeface.Names.Count) + typeface;

    private static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
