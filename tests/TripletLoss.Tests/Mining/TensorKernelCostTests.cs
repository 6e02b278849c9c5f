using TorchSharp;
using TripletLoss.Tests.Conventions;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>What a call of the tensor kernel costs a GPU: launches of operators, and waits for it.</summary>
public class TensorKernelCostTests
{
    [Theory]
    [InlineData(256, 220)]
    [InlineData(4096, 2500)]
    public void A_call_makes_so_many_tensors_views_included(int batch, long most)
    {
        using var scope = NewDisposeScope();
        var problem = new MiningProblem(Arithmetic.Cycle(batch, batch / 4), SmallBatch.Points(batch, 16), null, null, null);
        var request = new MiningRequest(problem, new SemiHardRule(1), Distance.SquaredEuclidean, ones(batch, float64));
        TensorKernel.Run(request);
        long before = Made();
        TensorKernel.Run(request);
        (Made() - before).Should().BeLessThanOrEqualTo(most).And.BePositive();
    }

    [Fact]
    public void It_waits_for_the_sizes_of_classes_and_for_the_careful_anchors_only()
    {
        string[] waits = ["cpu(", "item(", "nonzero(", "data("];
        string[] types = [nameof(FewPositivesPass), nameof(ComparedPoints), nameof(ClassTables), nameof(ChosenSlots)];
        new MethodCalls(typeof(Loss).Assembly).Callers
            .Where(method => types.Any(type => method.Caller.StartsWith(type + ".", StringComparison.Ordinal)))
            .SelectMany(method => method.Called.Where(call => waits.Any(wait => call.Contains("." + wait, StringComparison.Ordinal))).Select(call => $"{method.Caller.Split('(')[0]} {call.Split('(')[0]}"))
            .Should().BeEquivalentTo("FewPositivesPass.TryRun torch.Tensor.cpu", "FewPositivesPass.TryRun torch.Tensor.data", "FewPositivesPass.Part torch.Tensor.nonzero", "FewPositivesPass.Report torch.Tensor.nonzero");
    }

    private static long Made() => DisposeScopeManager.Statistics.TensorStatistics.CreatedInScopeCount + DisposeScopeManager.Statistics.TensorStatistics.CreatedOutsideScopeCount;
}
