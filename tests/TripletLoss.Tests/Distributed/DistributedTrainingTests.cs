using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Training on several ranks gives the network that one process gets.</summary>
public class DistributedTrainingTests
{
    private const int Steps = 50;

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(3, true)]
    public void The_network_is_the_same_to_rounding(int ranks, bool inChunks)
    {
        double[] alone = [];
        ThreadGroup.Run(1, group => alone = Train(group, false));
        ThreadGroup.Run(ranks, group =>
        {
            double[] shared = Train(group, inChunks);
            shared.Should().HaveSameCount(alone);
            for (int i = 0; i < alone.Length; i++)
                shared[i].Should().BeApproximately(alone[i], 1e-5);
        });
        alone.Zip(Parameters(SmallNetwork.Of(ScalarType.Float32)), (after, before) => Math.Abs(after - before)).Max().Should().BeGreaterThan(0.01, "it has learned something");
    }

    private static double[] Train(IProcessGroup group, bool inChunks)
    {
        using var scope = NewDisposeScope();
        var (network, loss) = (SmallNetwork.Of(ScalarType.Float32), new TripletSemiHardLoss(margin: 0.3));
        using var optimizer = optim.SGD(network.parameters(), learningRate: 0.05);
        var cache = new GradientCache(network, (labels, embeddings, weights) => loss.Call(labels, embeddings, group, weights), chunkSize: 3);
        for (int step = 0; step < Steps; step++)
        {
            using var inner = NewDisposeScope();
            var (inputs, labels) = Batch(step);
            // Not the same number for every rank.
            long first = 24 * group.Rank / group.Size, end = 24 * (group.Rank + 1) / group.Size;
            first = first is 0 or 24 ? first : first + 1;
            end = end is 0 or 24 ? end : end + 1;
            var (own, ownLabels) = (inputs.narrow(0, first, end - first), labels.narrow(0, first, end - first));
            optimizer.zero_grad();
            if (inChunks)
                cache.Backward(ownLabels, own);
            else
                loss.Call(ownLabels, network.call(own), group).backward();
            group.SumGradients(network.parameters());
            optimizer.step();
        }
        return Parameters(network);
    }

    private static (Tensor Inputs, Tensor Labels) Batch(int step)
    {
        // On these data no choice is between two distances that differ by rounding alone: there it may fall either way, and training goes on from another network.
        var random = new Random(step + 100);
        long[] labels = [.. Enumerable.Range(0, 24).Select(row => (long)(row / 4))];
        double[] inputs = [.. labels.SelectMany(label => Enumerable.Range(0, 5).Select(i => (label == i ? 1 : 0) + random.NextDouble()))];
        return (TensorNumbers.ToTensor(inputs, 24, 5).to_type(float32), tensor(labels));
    }

    private static double[] Parameters(nn.Module network) => [.. network.parameters().SelectMany(TensorNumbers.Of)];
}
