using TorchSharp;
using TripletLoss;
using static TorchSharp.torch;

namespace Digits;

/// <summary>How good vectors of the held-out images are after a number of batches; the loss is that of all of them as one batch.</summary>
internal sealed record Checkpoint(int Batch, double Loss, double MapAtR, double RecallAt1)
{
    /// <summary>The mean loss of the batches trained on since the last checkpoint; NaN before training.</summary>
    public double TrainingLoss { get; init; } = double.NaN;

    /// <summary>The share of the last batch's pairs (anchors, triplets) that still had a loss; NaN before training.</summary>
    public double ActiveShare { get; init; } = double.NaN;

    public static Checkpoint Of(int batch, Tensor vectors, Tensor labels, Loss loss)
    {
        using var without = no_grad();
        using var value = loss.Call(labels, vectors);
        var found = RetrievalMetrics.LeaveOneOut(labels, vectors);
        return new(batch, value.ToDouble(), found.MeanAveragePrecisionAtR, found.RecallAt(1));
    }

    public static Checkpoint Mean(IReadOnlyCollection<Checkpoint> several) => new(
        several.First().Batch,
        several.Average(one => one.Loss),
        several.Average(one => one.MapAtR),
        several.Average(one => one.RecallAt1))
    {
        TrainingLoss = several.Average(one => one.TrainingLoss),
        ActiveShare = several.Average(one => one.ActiveShare),
    };
}
