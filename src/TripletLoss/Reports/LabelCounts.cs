using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What follows from the labels alone, in O((A + N) log N).</summary>
internal readonly record struct LabelCounts(
    long AnchorsWithoutPositive, long AnchorsWithoutNegative, long PositivePairs, long Triplets)
{
    /// <summary>Counts.</summary>
    public static LabelCounts Of(MiningProblem problem)
    {
        using var scope = NewDisposeScope();
        var (sorted, _) = (problem.ReferenceLabels ?? problem.Labels).sort(0);
        var same = searchsorted(sorted, problem.Labels, right: true) - searchsorted(sorted, problem.Labels);
        var positives = same - OwnCopies(problem);
        var negatives = problem.ReferenceCount - same;
        return new LabelCounts(
            positives.eq(0).sum().ToInt64(), negatives.eq(0).sum().ToInt64(), positives.sum().ToInt64(), (positives * negatives).sum().ToInt64());
    }

    // [A]: 1 for an anchor that has a copy among the references.
    private static Tensor OwnCopies(MiningProblem problem)
    {
        if (problem.References is null)
            return ones_like(problem.Labels);
        return problem.SelfIndices?.ge(0).to_type(int64) ?? zeros_like(problem.Labels);
    }
}
