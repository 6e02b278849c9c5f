namespace TripletLoss.Benchmarks;

/// <summary>
/// sentence-transformers' later batch-all: the P positive pairs first, then each against the batch; P×B, so with few classes a cube again.
/// </summary>
internal static class PairsAgainstBatch
{
    public static readonly Algorithm BatchAll = new("P×B pairs against the batch", LossKind.BatchAll, Call);

    private static Tensor Call(Tensor labels, Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        var distances = PairwiseDistances.Squared(embeddings);
        using var same = PairwiseDistances.SameClass(labels);
        using var positive = PairwiseDistances.Positives(same);
        using var different = same.logical_not();
        var anchors = positive.nonzero().select(1, 0);
        using var pairs = distances.masked_select(positive).unsqueeze(1);
        using var rows = distances.index_select(0, anchors);
        using var valid = different.index_select(0, anchors);
        using var differences = pairs - rows;
        using var shifted = differences + Algorithm.Margin;
        using var counted = shifted * valid;
        using var hinges = counted.relu();
        using var active = hinges > 0;
        return (hinges.sum() / active.sum()).MoveToOuterDisposeScope();
    }
}
