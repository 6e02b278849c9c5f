using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The sampler as the shuffler of TorchSharp's data loader.</summary>
public class ClassBalancedSamplerLoaderTests
{
    private static readonly long[] Labels = [.. Enumerable.Range(0, 30).Select(i => (long)(i % 4))];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void EveryLoopOverADataLoaderIsTheNextEpoch(int workers)
    {
        var expected = new ClassBalancedSampler(Labels, 3, 2, seed: 4);
        var sampler = new ClassBalancedSampler(Labels, 3, 2, seed: 4);
        using var dataset = new IndexDataset(Labels.Length);
        using var loader = torch.utils.data.DataLoader(
            dataset, batchSize: sampler.BatchSize, shuffler: sampler, num_worker: workers, drop_last: true);
        loader.Count.Should().Be(sampler.BatchesPerEpoch);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            sampler.Epoch.Should().Be(epoch);
            var batches = new List<long[]>();
            foreach (var batch in loader)
                batches.Add(batch["index"].data<long>().ToArray());
            batches.Should().HaveCount(5).And.OnlyContain(batch => batch.Length == 6);
            batches.SelectMany(batch => batch).Should().Equal(expected);
        }
    }

    private sealed class IndexDataset(long count) : torch.utils.data.Dataset
    {
        public override long Count => count;

        public override Dictionary<string, Tensor> GetTensor(long index) => new() { ["index"] = tensor(index) };
    }
}
