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

    [Theory]
    [InlineData(SmallClasses.Refuse, EpochCoverage.Balanced)]
    [InlineData(SmallClasses.Skip, EpochCoverage.Balanced)]
    [InlineData(SmallClasses.Repeat, EpochCoverage.Balanced)]
    [InlineData(SmallClasses.Refuse, EpochCoverage.EachOnce)]
    [InlineData(SmallClasses.Skip, EpochCoverage.EachOnce)]
    public void ALoaderOfAnEpochCountsItsBatches(SmallClasses smallClasses, EpochCoverage coverage)
    {
        using var scope = NewDisposeScope();
        // One class is far larger than the others together; one is too small, where it may be.
        long[] labels = [.. Enumerable.Repeat(9L, 40), .. Labels, .. Enumerable.Repeat(5L, smallClasses == SmallClasses.Refuse ? 0 : 1)];
        var sampler = new ClassBalancedSampler(labels, 3, 2, seed: 4, smallClasses, coverage);
        using var indices = new IndexDataset(labels.Length);
        using var byName = torch.utils.data.DataLoader(sampler.EpochOf(indices), sampler.BatchSize, sampler);
        byName.Count.Should().Be(sampler.BatchesPerEpoch);
        byName.Count(batch => batch["index"].shape[0] == sampler.BatchSize).Should().Be(sampler.BatchesPerEpoch);
        using var tensors = torch.utils.data.TensorDataset(tensor(labels));
        using var lists = torch.utils.data.DataLoader(sampler.EpochOf(tensors), sampler.BatchSize, sampler);
        lists.Count.Should().Be(sampler.BatchesPerEpoch);
        lists.Count(batch => batch[0].unique().output.shape[0] == 3).Should().Be(sampler.BatchesPerEpoch);
    }

    [Fact]
    public void ADatasetOfAnotherSizeIsRefusedAndTheRightOneDisposed()
    {
        var sampler = new ClassBalancedSampler(Labels, 3, 2);
        var dataset = new IndexDataset(Labels.Length);
        sampler.EpochOf(dataset).Dispose();
        dataset.IsDisposed.Should().BeTrue();
        var other = () => sampler.EpochOf(new IndexDataset(29));
        other.Should().Throw<ArgumentException>().WithParameterName("dataset").WithMessage("dataset must have a sample for each of the 30 labels, got 29.*");
        var none = () => sampler.EpochOf((torch.utils.data.IterableDataset)null!);
        none.Should().Throw<ArgumentNullException>().WithParameterName("dataset");
    }

    private sealed class IndexDataset(long count) : torch.utils.data.Dataset
    {
        public override long Count => count;

        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing) => IsDisposed = true;

        public override Dictionary<string, Tensor> GetTensor(long index) => new() { ["index"] = tensor(index) };
    }
}
