using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The seam behind which the two kernels stand: <see cref="SimdMining"/> where it can, <see cref="TensorKernel"/> everywhere else.</summary>
internal static class MiningKernel
{
    /// <summary>The losses of a batch, and the gradient of Σ coefficients · losses if there are coefficients.</summary>
    /// <param name="problem">The batch.</param>
    /// <param name="formula">The loss.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="coefficients">[A], float64: the derivative of the reduced loss by each anchor's; null: no gradient.</param>
    /// <param name="observer">Who looks on; null: nobody.</param>
    public static MinedLosses Reduced(
        MiningProblem problem, MiningFormula formula, Distance distance, Tensor? coefficients, BatchObserver? observer) =>
        WithSimd(problem, formula, distance, coefficients, observer)
        ?? TensorKernel.Reduced(problem, formula, distance, coefficients, observer);

    /// <summary>Collects the triplets that a rule chooses; false where only tiles of tensors can tell.</summary>
    public static bool TryChoose(MiningProblem problem, MiningFormula formula, Distance distance, TripletCollector triplets)
    {
        if (formula.ActiveMargin is null || !SimdMining.Takes(problem, distance))
            return false;
        using var choices = new TripletChoices();
        if (SimdMining.Reduced(problem, formula, distance, null, choices) is null)
            return false;
        choices.AddTo(triplets);
        return true;
    }

    // A rule that chooses no triplets can be observed in tiles only.
    private static MinedLosses? WithSimd(
        MiningProblem problem, MiningFormula formula, Distance distance, Tensor? coefficients, BatchObserver? observer)
    {
        if (!SimdMining.Takes(problem, distance) || (observer is not null && formula.ActiveMargin is null))
            return null;
        using var choices = observer is null ? null : new TripletChoices();
        var mined = SimdMining.Reduced(problem, formula, distance, coefficients, choices);
        if (mined is not null)
            observer?.Observe(choices!.Observation(formula.ActiveMargin!.Value));
        return mined;
    }
}
