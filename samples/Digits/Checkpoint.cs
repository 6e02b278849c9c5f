using TorchSharp;
using TripletLoss;
using static TorchSharp.torch;

namespace Digits;

/// <summary>How good vectors of the held-out images are; the loss is that of all of them as one batch.</summary>
internal sealed record Checkpoint(int Batch, double Loss, double MapAtR, double RecallAt1)
{
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
        several.Average(one => one.RecallAt1));
}
