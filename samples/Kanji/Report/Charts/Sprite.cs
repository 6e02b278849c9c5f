namespace Kanji;

/// <summary>All images side by side in one picture, from which the page cuts each. Ink is opacity, so that it takes the page's colour.</summary>
internal static class Sprite
{
    public const int Columns = 60;

    public static int Rows(KanjiImages kanji) => (kanji.Count + Columns - 1) / Columns;

    /// <summary>An image cut from the picture; how large is the style's business.</summary>
    public static string Thumb(KanjiImages kanji, int image) =>
        $"<i class=\"thumb\" title=\"{kanji.Characters[kanji.CharacterOf(image)]} in {Typeface.Names[kanji.TypefaceOf(image)]}\" style=\"--x:{image % Columns};--y:{image / Columns}\"></i>";

    /// <summary>The picture as an address that holds it.</summary>
    public static string Of(KanjiImages kanji)
    {
        var picture = new PngImage(
            Columns * KanjiImages.Side, Rows(kanji) * KanjiImages.Side, [.. Enumerable.Range(0, KanjiImages.MostInk + 1).Select(ink => ((byte)0, (byte)0, (byte)0, (byte)(17 * ink)))]);
        for (var image = 0; image < kanji.Count; image++)
        {
            var (left, top) = (image % Columns * KanjiImages.Side, image / Columns * KanjiImages.Side);
            var ink = kanji.Ink(image);
            for (var pixel = 0; pixel < KanjiImages.Pixels; pixel++)
                picture[left + (pixel % KanjiImages.Side), top + (pixel / KanjiImages.Side)] = ink[pixel];
        }

        return $"data:image/png;base64,{Convert.ToBase64String(picture.ToBytes())}";
    }
}
