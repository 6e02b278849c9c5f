using Spectre.Console;

namespace Kanji;

/// <summary>Shows the neighbours of a character by the saved network: those of each of its typefaces, and what it is taken for.</summary>
internal static class QueryCommand
{
    private const int Shown = 10;

    public static int Run(Options options, string character)
    {
        using var network = SavedNetwork.Load(options);
        using var all = KanjiImages.Load(KanjiImages.DefaultPath);
        var place = all.Characters.ToList().IndexOf(character);
        if (place < 0) throw new OptionException($"'{character}' is not among the {all.Characters.Count} characters. Unseen ones are {string.Concat(all.Characters.Skip(KanjiSplit.TrainingCharacters))}.");

        // A trained character is looked for among the trained ones, an unseen one among the unseen.
        var isSeen = place < KanjiSplit.TrainingCharacters;
        using var kanji = isSeen ? all.Take(0, KanjiSplit.TrainingCharacters) : all.Take(KanjiSplit.TrainingCharacters, KanjiSplit.UnseenCharacters);
        using var vectors = network.Encode(kanji.Images);
        var ranking = Ranking.Of(vectors, kanji);
        var images = Enumerable.Range(0, kanji.Count).Where(image => kanji.Characters[kanji.CharacterOf(image)] == character).ToList();
        Console.WriteLine($"{character} {(isSeen ? "was trained on" : "was never seen")}. The nearest of {kanji.Characters.Count} characters' images, for each of its typefaces:");
        Show(kanji, ranking, images);
        Console.WriteLine($"recall@1 {Display.Number(images.Average(image => ranking.IsHit(image, 0) ? 1.0 : 0))}, MAP@R {Display.Number(images.Average(ranking.AveragePrecisionAtR))}. Taken for: {TakenFor(kanji, ranking, images)}.");
        return 0;
    }

    private static void Show(KanjiImages kanji, Ranking ranking, IEnumerable<int> images)
    {
        var table = Tables.New("typeface", "nearest first", "nearest typeface");
        foreach (var image in images)
        {
            var neighbours = ranking.Nearest[image].Take(Shown).Select((found, at) => ranking.IsHit(image, at) ? $"[green]{CharacterOf(found)}[/]" : $"[red]{CharacterOf(found)}[/]");
            table.AddRow(Name(image), string.Join(' ', neighbours), Name(ranking.Nearest[image][0]));
        }

        Tables.Write(table);

        string CharacterOf(int image) => kanji.Characters[kanji.CharacterOf(image)];
        string Name(int image) => Typeface.Names[kanji.TypefaceOf(image)];
    }

    private static string TakenFor(KanjiImages kanji, Ranking ranking, IEnumerable<int> images)
    {
        var misses = images.SelectMany(image => ranking.Nearest[image].Where((_, at) => !ranking.IsHit(image, at)));
        var counted = misses.CountBy(kanji.CharacterOf).OrderByDescending(miss => miss.Value).Take(5).Select(miss => $"{kanji.Characters[miss.Key]} ({miss.Value} times)").ToList();
        return counted is [] ? "nothing else" : string.Join(", ", counted);
    }
}
