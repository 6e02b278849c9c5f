namespace Kanji;

/// <summary>Images and their nearest neighbours in rows, in frames of green and red.</summary>
internal static class NeighbourPicture
{
    public const int Rows = 6;

    private const int Shown = 12;
    private const int Enlarged = 2;
    private const int Glyph = Enlarged * KanjiImages.Side;
    private const int Border = 3;
    private const int Padding = 3;
    private const int Gap = 6;
    private const int Cell = Glyph + (2 * (Border + Padding));
    private const int QueryGap = 24;

    // 0 to 15: ink on white.
    private const byte QueryFrame = 16;
    private const byte Hit = 17;
    private const byte Miss = 18;

    public static byte[] Of(KanjiImages kanji, Ranking ranking, IReadOnlyList<int> queries)
    {
        var shown = Math.Min(Shown, Ranking.Depth);
        var picture = new PngImage(((shown + 1) * (Cell + Gap)) + QueryGap + Gap, (queries.Count * (Cell + Gap)) + Gap, Palette());
        for (var row = 0; row < queries.Count; row++)
        {
            var (query, top) = (queries[row], Gap + (row * (Cell + Gap)));
            Draw(picture, kanji.Ink(query), Gap, top, QueryFrame);
            for (var rank = 0; rank < shown; rank++)
                Draw(picture, kanji.Ink(ranking.Nearest[query][rank]), Gap + QueryGap + ((rank + 1) * (Cell + Gap)), top, ranking.IsHit(query, rank) ? Hit : Miss);
        }

        return picture.ToBytes();
    }

    private static (byte, byte, byte, byte)[] Palette() =>
    [
        .. Enumerable.Range(0, KanjiImages.MostInk + 1).Select(ink => (byte)(255 - (17 * ink))).Select(grey => (grey, grey, grey, (byte)255)),
        (90, 100, 110, 255), (90, 175, 115, 255), (200, 45, 60, 255),
    ];

    private static void Draw(PngImage picture, ReadOnlySpan<byte> ink, int left, int top, byte frame)
    {
        for (var y = 0; y < Cell; y++)
        {
            for (var x = 0; x < Cell; x++)
            {
                var (column, line) = (x - Border - Padding, y - Border - Padding);
                var isFrame = Math.Min(Math.Min(x, y), Math.Min(Cell - 1 - x, Cell - 1 - y)) < Border;
                var isGlyph = column is >= 0 and < Glyph && line is >= 0 and < Glyph;
                picture[left + x, top + y] = isFrame ? frame : isGlyph ? ink[(line / Enlarged * KanjiImages.Side) + (column / Enlarged)] : (byte)0;
            }
        }
    }
}
