namespace TripletLoss.Benchmarks;

/// <summary>Batch-all as it is usually written: the hinge of every (a, p, n) in a cube of B×B×B.</summary>
internal static class TripletCube
{
    public static readonly Algorithm BatchAll = new("B×B×B cube", LossKind.BatchAll, Call);

    private static Tensor Call(Tensor labels, Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        var distances = PairwiseDistances.Squared(embeddings);
        using var same = PairwiseDistances.SameClass(labels);
        using var positive = PairwiseDistances.Positives(same);
        using var different = same.logical_not();
        using var valid = positive.unsqueeze(2) & different.unsqueeze(1);
        using var differences = distances.unsqueeze(2) - distances.unsqueeze(1);
        using var shifted = differences + Algorithm.Margin;
        using var counted = shifted * valid;
        using var hinges = counted.relu();
        using var active = hinges > 0;
        return (hinges.sum() / active.sum()).MoveToOuterDisposeScope();
    }
}
