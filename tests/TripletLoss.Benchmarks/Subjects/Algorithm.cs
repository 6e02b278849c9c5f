namespace TripletLoss.Benchmarks;

/// <summary>One way of computing a loss: labels and embeddings to a scalar with a graph.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Loss">The loss that it computes.</param>
/// <param name="Call">The computation.</param>
internal sealed record Algorithm(string Name, LossKind Loss, Func<Tensor, Tensor, Tensor> Call)
{
    /// <summary>What the tables call this library.</summary>
    public const string OursName = "TripletLoss";

    /// <summary>The margin of every measurement: the default, at which nearly every pair of the normal data is active.</summary>
    public const double Margin = 1.0;

    /// <summary>This library's loss.</summary>
    public static Algorithm Ours(LossKind kind)
    {
        Loss loss = kind switch
        {
            LossKind.SemiHard => new TripletSemiHardLoss(Margin),
            LossKind.Hard => new TripletHardLoss(Margin),
            _ => new TripletBatchAllLoss(Margin),
        };
        return new Algorithm(OursName, kind, (labels, embeddings) => loss.Call(labels, embeddings));
    }
}
