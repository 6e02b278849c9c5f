namespace TripletLoss.Benchmarks;

/// <summary>TensorFlow Addons' semi-hard loss: every pair against every sample, in masks of B×B×B.</summary>
/// <remarks>Kinder than the original, which tiles the distances in memory; here the cube's factors are views.</remarks>
internal static class CubicMasks
{
    public static readonly Algorithm SemiHard = new("TFA's B×B×B masks", LossKind.SemiHard, Call);

    private static Tensor Call(Tensor labels, Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        var distances = PairwiseDistances.Squared(embeddings);
        var same = PairwiseDistances.SameClass(labels);
        var negative = same.logical_not();
        // [a, p, n]: n is a negative of a, and farther from it than p.
        using var beyond = distances.unsqueeze(1) > distances.unsqueeze(2);
        using var farther = beyond & negative.unsqueeze(1);
        var nearestOutside = MaskedMinimum(distances.unsqueeze(1), farther).squeeze(2);
        var farthest = MaskedMaximum(distances, negative);
        var chosen = where(farther.any(2), nearestOutside, farthest);
        var positive = PairwiseDistances.Positives(same);
        var hinges = ((distances - chosen + Algorithm.Margin) * positive).relu();
        return (hinges.sum() / positive.sum()).MoveToOuterDisposeScope();
    }

    // What the mask hides becomes the row's maximum, which is never smaller than the minimum looked for.
    private static Tensor MaskedMinimum(Tensor data, Tensor mask)
    {
        var (most, _) = data.max(-1, keepdim: true);
        using var below = data - most;
        using var kept = below * mask;
        var (least, index) = kept.min(-1, keepdim: true);
        index.Dispose();
        return least + most;
    }

    private static Tensor MaskedMaximum(Tensor data, Tensor mask)
    {
        var (least, _) = data.min(-1, keepdim: true);
        using var above = data - least;
        using var kept = above * mask;
        var (most, index) = kept.max(-1, keepdim: true);
        index.Dispose();
        return most + least;
    }
}
