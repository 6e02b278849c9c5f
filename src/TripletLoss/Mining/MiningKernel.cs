using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The seam behind which the two kernels stand: <see cref="SimdMining"/> where it can, <see cref="TensorKernel"/> everywhere else.</summary>
internal static class MiningKernel
{
    /// <summary>
    /// The losses of a batch, and the gradient of Σ coefficients · losses if there are coefficients; an observer sees the tiles of the tensor kernel.
    /// </summary>
    public static MinedLosses Reduced(
        MiningProblem problem, MiningFormula formula, Distance distance, Tensor? coefficients, BatchObserver? observer) =>
        (observer is null && SimdMining.Takes(problem, distance) ? SimdMining.Reduced(problem, formula, distance, coefficients) : null)
        ?? TensorKernel.Reduced(problem, formula, distance, coefficients, observer);
}
