using static TorchSharp.torch;

namespace TripletLoss.Tests;

public class UnwantedGradientTests
{
    [Fact]
    public void No_kernel_computes_a_gradient_that_references_do_not_want()
    {
        using var scope = NewDisposeScope();
        foreach (var wanted in new[] { false, true })
        {
            var references = SmallBatch.Points(12, 3, seed: 6).detach().requires_grad_(wanted);
            var problem = new MiningProblem(SmallBatch.Labels(), SmallBatch.Embeddings(), cat([SmallBatch.Labels(), SmallBatch.Labels()]), references, null);
            var requests = new[] { Distance.SquaredEuclidean, Distance.Create((x, y) => (x.unsqueeze(1) - y).abs().sum(2)) }
                .Select(distance => new MiningRequest(problem, new SemiHardRule(1), distance, ones(6, float64)));
            foreach (var request in requests)
            {
                (TensorKernel.Run(request).ReferenceGradient is not null).Should().Be(wanted);
                (TensorKernel.RunCarefully(request).ReferenceGradient is not null).Should().Be(wanted);
                if (request.Distance.CustomMatrix is null)
                    (CpuKernel.TryRun(request)!.ReferenceGradient is not null).Should().Be(wanted);
            }
        }
    }
}
