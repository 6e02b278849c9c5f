using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>One call of the SIMD kernel: tensors to plain memory and back. It belongs into a dispose scope.</summary>
internal sealed unsafe class CpuCall
{
    private readonly MiningRequest _request;
    private readonly MiningWay? _way;
    private readonly int? _lanes;
    private readonly double _scale;
    private readonly Tensor _rows;
    private readonly Tensor _columns;
    private readonly Tensor _sums;
    private readonly Tensor? _rowGradient;
    private readonly Tensor? _columnGradient;
    private long _terms;
    private long _active;

    /// <param name="request">What is asked.</param>
    /// <param name="way">How to walk through the batch.</param>
    /// <param name="lanes">Numbers a vector.</param>
    /// <param name="scale">A power of two that all points are multiplied by, so that their squares fit float32.</param>
    public CpuCall(MiningRequest request, MiningWay? way, int? lanes, double scale)
    {
        (_request, _way, _lanes, _scale) = (request, way, lanes, scale);
        var problem = request.Problem;
        _rows = Scaled(problem.Embeddings);
        _columns = problem.References is null ? _rows : Scaled(problem.References);
        _sums = empty(problem.AnchorCount, float64, CPU);
        _rowGradient = request.Coefficients is null ? null : EmptyLike(_rows);
        _columnGradient = request.Coefficients is null || problem.References is not { requires_grad: true } ? null : EmptyLike(_columns);
    }

    // Squared distances grow with the square of the scale.
    private double DistanceScaling => _request.Distance.Scale == DistanceScale.Squared ? _scale * _scale : _scale;

    /// <summary>The numbers of a tensor in contiguous memory; null for none. A copy belongs to the dispose scope, and so lives as long as the pointer to it.</summary>
    public static T* Pointer<T>(Tensor? tensor) where T : unmanaged => tensor is null || tensor.numel() == 0
        ? null
        : (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference((tensor.is_contiguous() ? tensor : tensor.contiguous()).bytes));

    /// <summary>Mines; the choices go to the reader.</summary>
    public KernelAnswer Run()
    {
        var problem = Problem();
        using NativeArena arena = new();
        using WorkCrew crew = new(SimdKernel.IsWorthSharing(problem) ? Math.Min(get_num_threads(), Environment.ProcessorCount) : 1);
        return _request.Distance.OfUnitVectors ? RunOnDirections(ref problem, crew, arena) : Run(ref problem, crew, arena);
    }

    /// <summary>A power of two that brings the largest coordinate where squares and their sums have room.</summary>
    public double ScaleIntoRange()
    {
        var largest = maximum(_rows.abs().amax(0, 1), _columns.abs().amax(0, 1)).item<float>();
        // |x|² of a point is then at most 10³⁰, as much as the kernel takes, and for tiny points far from its other end.
        return Math.ScaleB(1, Math.ILogB(Math.Sqrt(1e30 / (8.0 * _rows.size(1))) / largest));
    }

    /// <summary>What came out.</summary>
    /// <param name="isFinite">If not, sums and gradients are NaN.</param>
    public LossPart Part(bool isFinite)
    {
        if (isFinite && _scale != 1)
        {
            Multiply(_sums, 1 / DistanceScaling);
            Multiply(_rowGradient, _scale / DistanceScaling);
            Multiply(_columnGradient, _scale / DistanceScaling);
        }

        foreach (var result in isFinite ? [] : new[] { _sums, _rowGradient, _columnGradient })
            result?.fill_(Numbers.NotANumber);
        return new LossPart(_sums, tensor((double)_terms, device: CPU), tensor((double)_active, device: CPU), _rowGradient, _columnGradient);
    }

    private KernelAnswer RunOnDirections(ref SimdProblem problem, WorkCrew crew, NativeArena arena)
    {
        problem.GivenAnchors = problem.Anchors;
        problem.GivenReferences = problem.References;
        (int anchors, int references, int dimension) = (problem.AnchorCount, problem.ReferenceCount, problem.Dimension);
        problem.ReferenceScales = arena.Allocate<double>(references);
        problem.AnchorScales = problem.MinesItself ? problem.ReferenceScales : arena.Allocate<double>(anchors);
        UnitDirections.Scales(problem.GivenReferences, references, dimension, problem.ReferenceScales, crew);
        if (!problem.MinesItself)
            UnitDirections.Scales(problem.GivenAnchors, anchors, dimension, problem.AnchorScales, crew);

        double* offset = UnitDirections.Offset(problem.GivenReferences, problem.ReferenceScales, references, dimension, crew, arena);
        problem.References = arena.Allocate<float>((long)references * dimension);
        UnitDirections.Write(problem.GivenReferences, problem.ReferenceScales, offset, references, dimension, problem.References, crew);
        problem.Anchors = problem.MinesItself ? problem.References : arena.Allocate<float>((long)anchors * dimension);
        if (!problem.MinesItself)
            UnitDirections.Write(problem.GivenAnchors, problem.AnchorScales, offset, anchors, dimension, problem.Anchors, crew);

        var answer = Run(ref problem, crew, arena);
        if (problem.AnchorGradient != null)
            UnitDirections.ToVectors(problem.GivenAnchors, problem.AnchorScales, problem.AnchorGradient, anchors, dimension, crew);
        if (problem.ReferenceGradient != null)
            UnitDirections.ToVectors(problem.GivenReferences, problem.ReferenceScales, problem.ReferenceGradient, references, dimension, crew);
        return answer;
    }

    private KernelAnswer Run(ref SimdProblem problem, WorkCrew crew, NativeArena arena)
    {
        var choices = _request.Reader is null || _request.Rule is BatchAllRule ? null : new TripletChoices(_request.Reader, 1 / DistanceScaling, arena);
        problem.Choices = choices;
        var lanes = _lanes ?? SimdKernel.LanesFor(Math.Min(problem.AnchorCount, problem.ReferenceCount), problem.Dimension);
        var answer = SimdKernel.Run(ref problem, lanes, crew, arena);
        GC.KeepAlive(_request);
        (_terms, _active) = (problem.TermCount, problem.ActiveCount);
        choices?.Finish();
        return answer;
    }

    private SimdProblem Problem()
    {
        var problem = _request.Problem;
        return new SimdProblem
        {
            AnchorCount = (int)problem.AnchorCount,
            ReferenceCount = (int)problem.ReferenceCount,
            Dimension = (int)_rows.size(1),
            Anchors = Pointer<float>(_rows),
            References = Pointer<float>(_columns),
            MinesItself = problem.References is null,
            AnchorLabels = Pointer<long>(problem.Labels),
            ReferenceLabels = Pointer<long>(problem.ReferenceLabels ?? problem.Labels),
            SelfIndices = Pointer<long>(problem.SelfIndices),
            Rule = _request.Rule switch { SemiHardRule => RuleKind.SemiHard, HardRule => RuleKind.Hard, _ => RuleKind.BatchAll },
            Soft = _request.Rule is HardRule { Soft: true },
            Scale = _request.Distance.Scale,
            Margin = _request.Rule.Margin * DistanceScaling,
            Unit = DistanceScaling,
            Way = _way,
            Coefficients = Pointer<double>(_request.Coefficients),
            // Points that were scaled are others.
            Kept = _scale == 1 ? _request.Kept : null,
            Sums = Pointer<double>(_sums),
            AnchorGradient = Pointer<float>(_rowGradient),
            ReferenceGradient = Pointer<float>(_columnGradient),
        };
    }

    private static Tensor EmptyLike(Tensor points) => empty(points.size(0), points.size(1), float32, CPU);

    private Tensor Scaled(Tensor points)
    {
        points = points.is_contiguous() ? points : points.contiguous();
        return _scale == 1 ? points : Multiply(points.clone(), _scale)!;
    }

    // In two steps: the power of two alone may leave the range of float32, though the products do not.
    private static Tensor? Multiply(Tensor? values, double factor)
    {
        int exponent = Math.ILogB(factor);
        using var first = Math.ScaleB(1, exponent / 2).ToScalar();
        using var second = Math.ScaleB(1, exponent - (exponent / 2)).ToScalar();
        return values?.mul_(first).mul_(second);
    }
}
