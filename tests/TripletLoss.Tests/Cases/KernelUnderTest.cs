using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>A way from a case to its value and gradients: the loss object as users call it, or one kernel that it might take.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Takes">Which cases it can compute.</param>
/// <param name="Tolerance">How exact it has to be.</param>
/// <param name="Call">Computes; null where the kernel declines (a zero vector by cosine, squares beyond float32).</param>
internal sealed record KernelUnderTest(
    string Name, Func<RandomCase, bool> Takes, Func<RandomCase, CaseTolerance> Tolerance, Func<RandomCase, CaseTensors, double[], CaseResult?> Call)
{
    public static IReadOnlyList<KernelUnderTest> All { get; } =
    [
        new("the loss object", _ => true, CaseTolerance.OfLoss, CaseRun.Call),
        new("the tensor kernel", @case => @case.Reduction != LossReduction.None, CaseTolerance.OfTensorKernel, (@case, tensors, upstream) => Reduced(@case, tensors, upstream, TensorKernel.Run)),
        new("the careful kernel", @case => @case.Reduction != LossReduction.None, CaseTolerance.OfCarefulKernel, (@case, tensors, upstream) => Reduced(@case, tensors, upstream, request => TensorKernel.RunCarefully(request))),
        .. from lanes in new[] { 4, 8, 16 }
           from way in Enum.GetValues<MiningWay>()
           select new KernelUnderTest(
               $"the CPU kernel, {lanes} lanes, {way}{(Vector128.IsHardwareAccelerated ? "" : ", plain")}", TakenByCpu, CaseTolerance.OfAnyKernel,
               (@case, tensors, upstream) => CallCpuKernel(@case, tensors, upstream, lanes, way)),
    ];

    /// <summary>The first difference from the oracle, with kernel and case; null if there is none.</summary>
    public string? Difference(RandomCase @case)
    {
        using var scope = NewDisposeScope();
        return Difference(new CaseTrial(@case));
    }

    /// <summary>As above, of a case that other kernels are tried on too.</summary>
    public string? Difference(CaseTrial trial)
    {
        var @case = trial.Case;
        if (!Takes(@case) || Call(@case, trial.Tensors, trial.Upstream) is not { } result)
            return null;
        return trial.Check(Tolerance(@case)).Difference(result) is { } difference ? $"{Name}: {difference} ({@case})" : null;
    }

    private static bool TakenByCpu(RandomCase @case) => @case.Reduction != LossReduction.None
        && @case.Type != ScalarType.Float64
        && OracleDistance.Catalogue.Contains(@case.Loss.Distance);

    private static CaseResult? CallCpuKernel(RandomCase @case, CaseTensors tensors, double[] upstream, int lanes, MiningWay way) =>
        Reduced(@case, tensors, upstream, request => CpuKernel.TryRun(request, way, lanes));

    private static CaseResult? Reduced(RandomCase @case, CaseTensors tensors, double[] upstream, Func<MiningRequest, LossPart?> kernel)
    {
        var arguments = new BatchArguments(tensors.Labels, tensors.Embeddings, tensors.References, tensors.Weights);
        var problem = arguments.ToProblem();
        var reducer = new Reducer(@case.Reduction, arguments.Weights(problem)?.detach(), problem.AnchorCount);
        var loss = new MinedLoss(@case.Loss.Rule, DistancesUnderTest.Of(@case.Loss.Distance));
        if (kernel(new MiningRequest(problem, loss.Rule, loss.Distance, reducer.Coefficients(problem.Embeddings))) is not { } part)
            return null;
        var scale = loss.Scale(problem, part);
        return new CaseResult(
            TensorNumbers.Of(reducer.Reduce(part.Sums * scale)), Scaled(part.AnchorGradient, scale, upstream), Scaled(part.ReferenceGradient, scale, upstream), null);
    }

    private static double[]? Scaled(Tensor? gradient, Tensor scale, double[] upstream) =>
        gradient is null ? null : [.. TensorNumbers.Of(gradient * scale).Select(entry => entry * upstream[0])];
}
