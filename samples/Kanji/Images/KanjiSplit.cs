namespace Kanji;

/// <summary>The characters that are trained on, as many of them to look at as of the others, and those that no network sees.</summary>
internal sealed record KanjiSplit(KanjiImages Training, KanjiImages Seen, KanjiImages Unseen) : IDisposable
{
    public const int TrainingCharacters = 400;
    public const int UnseenCharacters = 200;

    /// <param name="lookedAt">How many seen and how many unseen characters to look at.</param>
    public static KanjiSplit Load(int lookedAt = UnseenCharacters)
    {
        using var all = KanjiImages.Load(KanjiImages.DefaultPath);
        return new(all.Take(0, TrainingCharacters), all.Take(0, lookedAt), all.Take(TrainingCharacters, lookedAt));
    }

    public void Dispose()
    {
        Training.Dispose();
        Seen.Dispose();
        Unseen.Dispose();
    }
}
