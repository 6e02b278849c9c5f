namespace Kanji;

/// <summary>Draws unseen characters and their nearest neighbours by the saved network.</summary>
internal static class PictureCommand
{
    public static int Run(Options options, string file)
    {
        using var network = SavedNetwork.Load(options);
        using var split = KanjiSplit.Load(options.Characters);
        using var vectors = network.Encode(split.Unseen.Images);
        var ranking = Ranking.Of(vectors, split.Unseen);
        var usual = NeighbourSection.Usual(split.Unseen).Take(NeighbourPicture.Rows - 1);
        File.WriteAllBytes(file, NeighbourPicture.Of(split.Unseen, ranking, [.. usual, NeighbourSection.Worst(split.Unseen, ranking).First()]));
        Console.WriteLine($"{file} shows unseen characters and their nearest images: green frames are hits, red ones misses, and the last row is the worst of all.");
        return 0;
    }
}
