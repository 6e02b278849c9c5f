using Digits;

namespace TripletLoss.Learning;

/// <summary>Trains on one half of the digits, and looks at the other.</summary>
internal sealed class Trial(DigitImages images, DigitImages heldOut)
{
    /// <param name="recipe">How to train.</param>
    /// <param name="seed">Of first weights and batches: the same for all recipes.</param>
    /// <param name="trained">Told of every batch.</param>
    public Outcome Run(Recipe recipe, int seed, Action trained)
    {
        using var training = new Training(images, recipe, seed);
        foreach (var _ in training.Steps())
            trained();
        using var vectors = training.Encode(heldOut.Images);
        return Look(vectors);
    }

    public Outcome Untrained(int seed)
    {
        using var training = new Training(images, new Recipe(new TripletSemiHardLoss()), seed);
        using var vectors = training.Encode(heldOut.Images);
        return Look(vectors);
    }

    public Outcome Pixels() => Look(heldOut.Images);

    private Outcome Look(Tensor vectors)
    {
        var found = RetrievalMetrics.LeaveOneOut(heldOut.Labels, vectors);
        return new Outcome(found.MeanAveragePrecisionAtR, found.RecallAt(1));
    }
}
