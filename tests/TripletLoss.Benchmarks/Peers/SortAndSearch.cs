namespace TripletLoss.Benchmarks;

/// <summary>
/// sentence-transformers' semi-hard loss (6.2): each row's negatives sorted, and the first beyond each positive found by bisection.
/// </summary>
internal static class SortAndSearch
{
    public static readonly Algorithm SemiHard = new("sort + searchsorted", LossKind.SemiHard, Call);

    private static Tensor Call(Tensor labels, Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        var distances = PairwiseDistances.Squared(embeddings);
        using var same = PairwiseDistances.SameClass(labels);
        using var chosen = Choose(distances, same);
        using var positive = PairwiseDistances.Positives(same);
        using var negativeDistances = distances.gather(1, chosen);
        using var differences = distances - negativeDistances;
        using var shifted = differences + Algorithm.Margin;
        using var hinges = shifted.relu();
        using var counted = hinges * positive;
        return (counted.sum() / positive.sum()).MoveToOuterDisposeScope();
    }

    private static Tensor Choose(Tensor distances, Tensor same)
    {
        using var graphless = no_grad();
        using var scope = NewDisposeScope();
        using var negativesFirst = distances.masked_fill(same, float.PositiveInfinity);
        var (sorted, order) = negativesFirst.sort(1, stable: true);
        using var firstBeyond = searchsorted(sorted, distances, right: true);
        sorted.Dispose();
        // Where no negative lies beyond, the last of them is the farthest.
        using var last = same.logical_not().sum(1, keepdim: true) - 1;
        using var index = minimum(firstBeyond, last);
        return order.gather(1, index).MoveToOuterDisposeScope();
    }
}
