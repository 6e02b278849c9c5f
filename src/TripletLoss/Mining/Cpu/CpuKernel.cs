using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The SIMD kernel for TorchSharp tensors: float32 on a CPU, for the distances of the catalogue.</summary>
internal static unsafe class CpuKernel
{
    private const long MostPoints = 12_000_000;

    /// <summary>
    /// As <see cref="MiningKernel.Run"/>; null if this kernel does not take the batch, or if it holds what the kernel cannot compare: nothing, what is not finite, squares
    /// out of the range of float32; by cosine a zero vector, and directions too close.
    /// </summary>
    /// <param name="request">What is asked.</param>
    /// <param name="way">How to walk through the batch; null: the fastest way.</param>
    /// <param name="lanes">4, 8 or 16 numbers a vector; null: as many as the processor has.</param>
    public static LossPart? TryRun(MiningRequest request, MiningWay? way = null, int? lanes = null)
    {
        var problem = request.Problem;
        // With nothing to mine, the tensor kernel still looks for what is not finite. A rule that chooses no triplets can be observed in tensor tiles only.
        if (!Takes(problem, request.Distance) || problem.AnchorCount == 0 || problem.ReferenceCount == 0)
            return null;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var anchors = request.Distance.OfUnitVectors ? Directions(request) : null;
        return anchors is { HasZero: true } ? null : Run(request, anchors, way, lanes)?.MoveToOuterDisposeScope();
    }

    private static bool Takes(MiningProblem problem, Distance distance) =>
        problem.Embeddings.dtype == float32
        && problem.Embeddings.device_type == TorchSharp.DeviceType.CPU
        && distance.CustomMatrix is null
        && Fits(problem.Embeddings) && (problem.References is null || Fits(problem.References));

    private static UnitPoints Directions(MiningRequest request)
    {
        var (anchors, references) = PreparedPoints.Of(
            request.Distance, request.Problem.Embeddings, request.Problem.References, float32, centreDirections: true);
        return new UnitPoints(anchors, request.Problem.References is null ? null : references);
    }

    private static LossPart? Run(MiningRequest request, UnitPoints? unit, MiningWay? way, int? lanes)
    {
        var (problem, coefficients) = (request.Problem, request.Coefficients);
        var rows = Contiguous(unit?.Anchors.Points ?? problem.Embeddings);
        var columns = problem.References is null ? rows : Contiguous(unit?.References?.Points ?? problem.References);
        var sums = empty(problem.AnchorCount, float64, CPU);
        var rowGradient = coefficients is null ? null : empty(rows.shape, float32, CPU);
        var columnGradient = coefficients is null || problem.References is not { requires_grad: true } ? null : empty(columns.shape, float32, CPU);
        using var choices = request.Reader is null || request.Rule is BatchAllRule ? null : new TripletChoices();
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
            Rule = request.Rule switch { SemiHardRule => RuleKind.SemiHard, HardRule => RuleKind.Hard, _ => RuleKind.BatchAll },
            Soft = request.Rule is HardRule { Soft: true },
            Scale = request.Distance.Scale,
            Margin = request.Rule.Margin,
            Way = way,
            Coefficients = Pointer<double>(coefficients),
            Threads = get_num_threads(),
            Sums = Pointer<double>(sums),
            AnchorGradient = Pointer<float>(rowGradient),
            ReferenceGradient = Pointer<float>(columnGradient),
            Choices = choices,
        };
        bool done = SimdKernel.Run(ref simd, lanes ?? SimdKernel.LanesFor(Math.Min(simd.AnchorCount, simd.ReferenceCount), simd.Dimension));
        GC.KeepAlive(problem);
        if (!done)
            return null;
        if (choices is not null)
            request.Reader!.Read(choices.ToTensors());
        return new LossPart(
            sums, tensor((double)simd.TermCount, device: CPU), tensor((double)simd.ActiveCount, device: CPU),
            OfEmbeddings(rowGradient, unit?.Anchors), OfEmbeddings(columnGradient, unit?.References));
    }

    private static Tensor? OfEmbeddings(Tensor? gradient, PreparedPoints? points) =>
        gradient is null ? null : points?.GradientOfEmbeddings(gradient) ?? gradient;

    // Bytes and tiles are counted in 32 bits.
    private static bool Fits(Tensor points) => points.numel() <= int.MaxValue / sizeof(float) && points.shape[0] <= MostPoints;

    private static Tensor Contiguous(Tensor tensor) => tensor.is_contiguous() ? tensor : tensor.contiguous();

    private static T* Pointer<T>(Tensor? tensor) where T : unmanaged => tensor is null || tensor.numel() == 0
        ? null
        : (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Contiguous(tensor).bytes));

    private sealed record UnitPoints(PreparedPoints Anchors, PreparedPoints? References)
    {
        public bool HasZero => IsAnyZero(Anchors) || (References is { } references && IsAnyZero(references));

        private static bool IsAnyZero(PreparedPoints points) => points.Unit is { } unit && unit.IsZero.any().item<bool>();
    }
}
