namespace TripletLoss.Benchmarks;

/// <summary>What one writes by hand when memory matters: B×B masks by class, never more.</summary>
internal static class PairwiseMasks
{
    public static readonly Algorithm Hard = new("B×B masks", LossKind.Hard, CallHard);

    public static readonly Algorithm SemiHard = new("B×B masks, a positive at a time", LossKind.SemiHard, CallSemiHard);

    private static Tensor CallHard(Tensor labels, Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        var distances = PairwiseDistances.Squared(embeddings);
        using var same = PairwiseDistances.SameClass(labels);
        using var different = same.logical_not();
        using var positives = distances.masked_fill(different, 0);
        using var negatives = distances.masked_fill(same, float.PositiveInfinity);
        var (farthest, _) = positives.max(1);
        var (nearest, _) = negatives.min(1);
        return (farthest - nearest + Algorithm.Margin).relu().mean().MoveToOuterDisposeScope();
    }

    // Classes of one size: the r-th next member of the own class is a positive of everybody.
    private static Tensor CallSemiHard(Tensor labels, Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        var distances = PairwiseDistances.Squared(embeddings);
        using var same = PairwiseDistances.SameClass(labels);
        var byClass = labels.argsort();
        long classSize = same.sum(1)[0].item<long>();
        var total = zeros(1);
        for (long r = 1; r < classSize; r++)
            total = total + HingesOf(distances, same, NextInClass(byClass, classSize, r));
        return (total / (labels.shape[0] * (classSize - 1))).sum().MoveToOuterDisposeScope();
    }

    // [B, 1]: for every sample, the member of its class that stands r places farther on.
    private static Tensor NextInClass(Tensor byClass, long classSize, long r)
    {
        using var scope = NewDisposeScope();
        var next = byClass.view(-1, classSize).roll(-r, 1).reshape(-1);
        return next.gather(0, byClass.argsort()).unsqueeze(1).MoveToOuterDisposeScope();
    }

    private static Tensor HingesOf(Tensor distances, Tensor same, Tensor positive)
    {
        using var scope = NewDisposeScope();
        var threshold = distances.gather(1, positive);
        using var near = distances <= threshold;
        using var hidden = near | same;
        using var farther = distances.masked_fill(hidden, float.PositiveInfinity);
        var (nearest, _) = farther.min(1, keepdim: true);
        using var negatives = distances.masked_fill(same, float.NegativeInfinity);
        var (farthest, _) = negatives.max(1, keepdim: true);
        var chosen = where(nearest.isinf(), farthest, nearest);
        return (threshold - chosen + Algorithm.Margin).relu().sum().MoveToOuterDisposeScope();
    }
}
