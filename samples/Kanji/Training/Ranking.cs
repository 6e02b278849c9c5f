using static TorchSharp.torch;

namespace Kanji;

/// <summary>Of each image, the nearest others: as many as there are of its character.</summary>
internal sealed class Ranking
{
    private readonly KanjiImages _kanji;

    private Ranking(KanjiImages kanji, int[][] nearest) => (_kanji, Nearest) = (kanji, nearest);

    public static int Depth => Typeface.Names.Count - 1;

    /// <summary>The nearest first.</summary>
    public IReadOnlyList<int[]> Nearest { get; }

    public static Ranking Of(Tensor vectors, KanjiImages kanji)
    {
        using var scope = NewDisposeScope();
        var distances = cdist(vectors, vectors);
        var (_, places) = distances.topk(Depth + 1, largest: false);
        var found = places.data<long>().ToArray().Chunk(Depth + 1);
        // An image finds itself, usually first.
        return new(kanji, [.. found.Select((row, image) => row.Select(place => (int)place).Where(place => place != image).Take(Depth).ToArray())]);
    }

    public bool IsHit(int image, int rank) => _kanji.CharacterOf(Nearest[image][rank]) == _kanji.CharacterOf(image);

    /// <summary>The mean over the ranks of hits of the share of hits up to there; misses count 0.</summary>
    public double AveragePrecisionAtR(int image)
    {
        var (hits, sum) = (0, 0.0);
        for (var rank = 0; rank < Depth; rank++)
        {
            if (IsHit(image, rank)) sum += ++hits / (rank + 1.0);
        }

        return sum / Depth;
    }
}
