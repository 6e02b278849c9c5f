using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Each rank encodes its samples in chunks, and the loss is that of all ranks' embeddings: the parameters' gradients against one process that encodes all at once.</summary>
public class GlobalGradientCacheTests
{
    private const int Rows = 24, Steps = 3;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(3, true)]
    public void Gradients_are_those_of_one_process(int ranks, bool hasMemory)
    {
        double[][] expected = [];
        double[] values = [];
        ThreadGroup.Run(1, group => (values, expected) = Run(group, hasMemory, chunkSize: null));
        ThreadGroup.Run(ranks, group =>
        {
            var (found, gradients) = Run(group, hasMemory, chunkSize: 3);
            for (int step = 0; step < Steps; step++)
            {
                found[step].Should().BeApproximately(values[step], 1e-12);
                double scale = expected[step].Max(Math.Abs);
                scale.Should().BePositive();
                for (int i = 0; i < expected[step].Length; i++)
                    gradients[step][i].Should().BeApproximately(expected[step][i], 1e-12 * scale);
            }
        });
    }

    [Fact]
    public void What_fails_in_the_loss_on_one_rank_adds_no_gradient_on_any() => ThreadGroup.Run(3, group =>
    {
        using var scope = NewDisposeScope();
        var network = SmallNetwork.Of(ScalarType.Float64);
        var cache = new GradientCache(network, (labels, embeddings, weights) => new TripletHardLoss(margin: group.Rank == 1 ? 2 : 1).Call(labels, embeddings, group, weights), chunkSize: 3);
        var (inputs, classes, _) = Batch(0);
        Assert.Throws<InvalidOperationException>(() => cache.Backward(classes, inputs)).Message.Should().Contain("the ranks disagree");
        network.parameters().Select(parameter => parameter.grad).Should().AllSatisfy(gradient => gradient.Should().BeNull());
    });

    // Without chunks: the graph of all at once.
    private static (double[] Values, double[][] Gradients) Run(IProcessGroup group, bool hasMemory, long? chunkSize)
    {
        using var scope = NewDisposeScope();
        var (network, loss) = (SmallNetwork.Of(ScalarType.Float64), new TripletSemiHardLoss(margin: 0.5, reduction: LossReduction.MeanWithSampleWeight));
        using var memory = new CrossBatchMemory(loss, capacity: 40);
        Func<Tensor, Tensor, Tensor?, Tensor> call = hasMemory ? (y, x, w) => memory.Call(y, x, group, w) : (y, x, w) => loss.Call(y, x, group, w);
        var (values, gradients) = (new double[Steps], new double[Steps][]);
        for (int step = 0; step < Steps; step++)
        {
            var (inputs, labels, weights) = Batch(step);
            // Of four ranks the second has none in the first step.
            int[] borders = [0, .. Enumerable.Range(1, group.Size - 1).Select(rank => step == 0 && rank <= 2 ? 5 : (Rows * rank / group.Size) + 1), Rows];
            var (first, count) = (borders[group.Rank], borders[group.Rank + 1] - borders[group.Rank]);
            var (own, ownLabels, ownWeights) = (inputs.narrow(0, first, count), labels.narrow(0, first, count), weights.narrow(0, first, count));
            network.zero_grad();
            if (chunkSize is { } size)
            {
                values[step] = new GradientCache(network, call, size).Backward(ownLabels, own, ownWeights).item<double>();
            }
            else
            {
                var value = call(ownLabels, network.call(own), ownWeights);
                value.backward();
                values[step] = value.item<double>();
            }
            group.SumGradients(network.parameters());
            gradients[step] = [.. network.parameters().SelectMany(TensorNumbers.GradientOf)];
        }
        return (values, gradients);
    }

    private static (Tensor Inputs, Tensor Labels, Tensor Weights) Batch(int step)
    {
        var random = new Random(step);
        return (
            TensorNumbers.ToTensor([.. Enumerable.Range(0, Rows * 5).Select(_ => random.NextDouble() - 0.5)], Rows, 5), tensor([.. Enumerable.Range(0, Rows).Select(row => row / 4L)]),
            TensorNumbers.ToTensor([.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble())], Rows));
    }
}
