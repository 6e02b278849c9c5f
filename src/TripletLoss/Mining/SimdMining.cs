using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The SIMD kernel for TorchSharp tensors: float32 on a CPU, for the distances of the catalogue.</summary>
internal static unsafe class SimdMining
{
    /// <summary>Whether the kernel can take a batch; otherwise the tensor kernel does.</summary>
    public static bool Takes(MiningProblem problem, Distance distance) =>
        problem.Embeddings.dtype == float32
        && problem.Embeddings.device_type == TorchSharp.DeviceType.CPU
        && distance.CustomMatrix is null
        && Fits(problem.Embeddings) && (problem.References is null || Fits(problem.References));

    /// <summary>
    /// As <see cref="TensorKernel.Reduced"/>; null if the batch holds what this kernel cannot compare: nothing, what is not finite, squares out of the range
    /// of float32; by cosine a zero vector, and directions too close.
    /// </summary>
    /// <param name="problem">The batch.</param>
    /// <param name="formula">The loss.</param>
    /// <param name="distance">The distance.</param>
    /// <param name="coefficients">[A], float64: the derivative of the reduced loss by each anchor's; null: no gradient.</param>
    /// <param name="choices">Takes what semi-hard and hard choose; null: nobody asks.</param>
    public static MinedLosses? Reduced(
        MiningProblem problem, MiningFormula formula, Distance distance, Tensor? coefficients, TripletChoices? choices = null)
    {
        // With nothing to mine, the tensor kernel still looks for what is not finite.
        if (problem.AnchorCount == 0 || problem.ReferenceCount == 0)
            return null;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        PreparedPoints? anchors = null, references = null;
        if (distance.OfUnitVectors)
        {
            (anchors, references) = PreparedPoints.Of(distance, problem.Embeddings, problem.References, float32, centreDirections: true);
            if (HasZeroVector(anchors) || HasZeroVector(references))
                return null;
        }

        var rows = Contiguous(anchors?.Points ?? problem.Embeddings);
        var columns = problem.References is null ? rows : Contiguous(references?.Points ?? problem.References);
        var losses = empty(problem.AnchorCount, float64);
        var rowGradient = coefficients is null ? null : empty(rows.shape, float32);
        var columnGradient = coefficients is null || problem.References is null ? null : empty(columns.shape, float32);
        if (!Run(problem, formula, distance, rows, columns, coefficients, losses, rowGradient, columnGradient, choices))
            return null;
        return new MinedLosses(
            losses.MoveToOuterDisposeScope(), OfEmbeddings(rowGradient, anchors), OfEmbeddings(columnGradient, references));
    }

    private static bool Run(
        MiningProblem problem, MiningFormula formula, Distance distance, Tensor rows, Tensor columns,
        Tensor? coefficients, Tensor losses, Tensor? rowGradient, Tensor? columnGradient, TripletChoices? choices)
    {
        // Contiguous copies live in the caller's dispose scope or in this one's, and so as long as the pointers to them.
        using var scope = NewDisposeScope();
        var simd = new SimdProblem
        {
            AnchorCount = (int)problem.AnchorCount,
            ReferenceCount = (int)problem.ReferenceCount,
            Dimension = (int)rows.shape[1],
            Anchors = Pointer<float>(rows),
            References = Pointer<float>(columns),
            MinesItself = problem.References is null,
            AnchorLabels = Pointer<long>(problem.Labels),
            ReferenceLabels = Pointer<long>(problem.ReferenceLabels ?? problem.Labels),
            SelfIndices = Pointer<long>(problem.SelfIndices),
            Scale = distance.Scale,
            Margin = formula.Margin,
            Coefficients = Pointer<double>(coefficients),
            Threads = get_num_threads(),
            Losses = Pointer<double>(losses),
            AnchorGradient = Pointer<float>(rowGradient),
            ReferenceGradient = Pointer<float>(columnGradient),
            Choices = choices,
        };
        formula.Configure(ref simd);
        bool done = SimdKernel.Run(ref simd);
        GC.KeepAlive(problem);
        return done;
    }

    private static Tensor? OfEmbeddings(Tensor? gradient, PreparedPoints? points) =>
        gradient is null ? null : (points?.GradientOfEmbeddings(gradient) ?? gradient).MoveToOuterDisposeScope();

    private static bool Fits(Tensor points) => points.numel() <= int.MaxValue / sizeof(float);

    private static bool HasZeroVector(PreparedPoints? points) => points is { Unit: { } unit } && unit.IsZero.any().item<bool>();

    private static Tensor Contiguous(Tensor tensor) => tensor.is_contiguous() ? tensor : tensor.contiguous();

    private static T* Pointer<T>(Tensor? tensor) where T : unmanaged => tensor is null || tensor.numel() == 0
        ? null
        : (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Contiguous(tensor).bytes));
}
