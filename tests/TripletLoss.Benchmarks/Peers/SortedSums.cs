namespace TripletLoss.Benchmarks;

/// <summary>
/// The best that batch-all can be in tensor operations, as far as we know: each row's negatives sorted and summed up, and each positive's share of the
/// sums found by bisection.
/// </summary>
internal static class SortedSums
{
    public static readonly Algorithm BatchAll = new("sort + prefix sums", LossKind.BatchAll, Call);

    private static Tensor Call(Tensor labels, Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        var distances = PairwiseDistances.Squared(embeddings);
        using var same = PairwiseDistances.SameClass(labels);
        using var positive = PairwiseDistances.Positives(same);
        using var negativesFirst = distances.masked_fill(same, float.PositiveInfinity);
        var (sorted, _) = negativesFirst.sort(1);
        using var thresholds = distances + Algorithm.Margin;
        using var inside = searchsorted(sorted.detach(), thresholds.detach());
        using var count = inside * positive;
        using var sums = SumsBefore(sorted, count);
        using var hinges = thresholds * count - sums * positive;
        return (hinges.sum() / count.sum()).MoveToOuterDisposeScope();
    }

    // The sum of the first `count` values of each row: 0 for none.
    private static Tensor SumsBefore(Tensor sorted, Tensor count)
    {
        using var scope = NewDisposeScope();
        using var finite = sorted.masked_fill(sorted.isinf(), 0);
        using var sums = finite.cumsum(1);
        using var last = (count - 1).clamp_min(0);
        using var upTo = sums.gather(1, last);
        return (upTo * (count > 0)).MoveToOuterDisposeScope();
    }
}
