namespace Kanji;

/// <summary>What is known after a number of batches.</summary>
/// <param name="Batch">How many.</param>
/// <param name="TrainingLoss">The mean loss of the batches since the last checkpoint; null before training.</param>
/// <param name="ActiveShare">The share of the last batch's pairs (anchors, triplets) that still had a loss; null before training.</param>
/// <param name="Seen">Of characters that were trained on; null where nobody looked.</param>
/// <param name="Unseen">Of characters that were not; null where nobody looked.</param>
internal sealed record Checkpoint(int Batch, double? TrainingLoss = null, double? ActiveShare = null, Figures? Seen = null, Figures? Unseen = null)
{
    public static Checkpoint Mean(IReadOnlyCollection<Checkpoint> several) => new(
        several.First().Batch,
        several.Average(one => one.TrainingLoss),
        several.Average(one => one.ActiveShare),
        Figures.Mean([.. several.Select(one => one.Seen)]),
        Figures.Mean([.. several.Select(one => one.Unseen)]));
}
