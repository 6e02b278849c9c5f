using Kanji;

namespace TripletLoss.Learning;

/// <summary>Trains on some characters, and looks at others.</summary>
internal sealed class Trial(KanjiSplit split)
{
    /// <param name="recipe">How to train.</param>
    /// <param name="seed">Of first weights, batches and views: the same for all recipes.</param>
    /// <param name="trained">Told of every batch.</param>
    public Figures Run(Recipe recipe, int seed, Action trained)
    {
        using var training = new Training(split.Training, recipe, seed);
        foreach (var _ in training.Steps())
            trained();
        return Look(training);
    }

    public Figures Untrained(int seed)
    {
        using var training = new Training(split.Training, new Recipe(new TripletSemiHardLoss()), seed);
        return Look(training);
    }

    public Figures Pixels() => Figures.OfPixels(split.Unseen);

    private Figures Look(Training training)
    {
        using var vectors = training.Network.Encode(split.Unseen.Images);
        return Figures.Of(vectors, split.Unseen.Labels);
    }
}
