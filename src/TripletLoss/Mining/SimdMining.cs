using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The SIMD kernel for TorchSharp tensors: float32 on a CPU, for the distances of the catalogue.</summary>
internal static unsafe class SimdMining
{
    // The largest |x|² with which no square, and no sum of a tile's ranked distances, overflows in float32 or loses its digits at the other end.
    private const float SmallestSquare = 1e-30f;
    private const float LargestSquare = 1e30f;

    /// <summary>Whether the kernel can take a batch; otherwise the tensor kernel does.</summary>
    public static bool Takes(MiningProblem problem, Distance distance) =>
        problem.Embeddings.dtype == float32
        && problem.Embeddings.device_type == TorchSharp.DeviceType.CPU
        && distance.CustomMatrix is null
        && Fits(problem.Embeddings) && (problem.References is null || Fits(problem.References));

    /// <summary>
    /// As <see cref="TensorKernel.Reduced"/>; null if the batch holds what this kernel cannot compare: what is not finite, squares out of the range of
    /// float32, a zero vector by cosine.
    /// </summary>
    /// <param name="problem">The batch.</param>
    /// <param name="formula">The loss.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="coefficients">[A], float64: the derivative of the reduced loss by each anchor's; null: no gradient.</param>
    /// <param name="choices">Takes what semi-hard and hard choose; null: nobody asks.</param>
    public static MinedLosses? Reduced(
        MiningProblem problem, MiningFormula formula, Distance distance, Tensor? coefficients, TripletChoices? choices = null)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (anchors, references) = PreparedPoints.Of(
            distance, problem.Embeddings, problem.References, float32, centreDirections: true);
        if (HasZeroVector(anchors) || HasZeroVector(references) || !SquaresFit(anchors, references))
            return null;
        var losses = empty(problem.AnchorCount, float64);
        var anchorGradient = coefficients is null ? null : empty(anchors.Points.shape, float32);
        var referenceGradient = coefficients is null || problem.References is null ? null : empty(references.Points.shape, float32);
        Run(problem, formula, distance, anchors.Points, references.Points, coefficients, losses, anchorGradient, referenceGradient, choices);
        return new MinedLosses(
            losses.MoveToOuterDisposeScope(),
            anchorGradient is null ? null : anchors.GradientOfEmbeddings(anchorGradient).MoveToOuterDisposeScope(),
            referenceGradient is null ? null : references.GradientOfEmbeddings(referenceGradient).MoveToOuterDisposeScope());
    }

    private static void Run(
        MiningProblem problem, MiningFormula formula, Distance distance, Tensor anchors, Tensor references,
        Tensor? coefficients, Tensor losses, Tensor? anchorGradient, Tensor? referenceGradient, TripletChoices? choices)
    {
        // Contiguous copies live in the caller's dispose scope, and so as long as the pointers to them.
        var rows = anchors.contiguous();
        var simd = new SimdProblem
        {
            AnchorCount = (int)problem.AnchorCount,
            ReferenceCount = (int)problem.ReferenceCount,
            Dimension = (int)anchors.shape[1],
            Anchors = Pointer<float>(rows),
            References = Pointer<float>(problem.References is null ? rows : references.contiguous()),
            AnchorLabels = Pointer<long>(problem.Labels.contiguous()),
            ReferenceLabels = Pointer<long>((problem.ReferenceLabels ?? problem.Labels).contiguous()),
            SelfIndices = Pointer<long>(problem.SelfIndices?.contiguous()),
            Scale = distance.Scale,
            Margin = formula.Margin,
            Coefficients = Pointer<double>(coefficients?.contiguous()),
            Threads = get_num_threads(),
            Losses = Pointer<double>(losses),
            AnchorGradient = Pointer<float>(anchorGradient),
            ReferenceGradient = Pointer<float>(referenceGradient),
            Choices = choices,
        };
        formula.Configure(ref simd);
        SimdKernel.Run(ref simd);
    }

    private static bool Fits(Tensor points) => points.numel() <= int.MaxValue / sizeof(float);

    private static bool HasZeroVector(PreparedPoints points) => points.Unit is { } unit && unit.IsZero.any().item<bool>();

    // NaN fits nowhere. Where all points coincide every square is 0, and right.
    private static bool SquaresFit(PreparedPoints anchors, PreparedPoints references)
    {
        float largest = LargestSquaredNorm(anchors);
        if (!ReferenceEquals(anchors.Points, references.Points))
            largest = Math.Max(largest, LargestSquaredNorm(references));
        return largest is >= SmallestSquare and <= LargestSquare
            || (largest == 0 && !HasNonZero(anchors) && !HasNonZero(references));
    }

    private static float LargestSquaredNorm(PreparedPoints points) =>
        points.SquaredNorms.numel() == 0 ? 0 : points.SquaredNorms.max().item<float>();

    private static bool HasNonZero(PreparedPoints points) => points.Points.ne(0).any().item<bool>();

    private static T* Pointer<T>(Tensor? tensor) where T : unmanaged => tensor is null || tensor.numel() == 0
        ? null
        : (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
