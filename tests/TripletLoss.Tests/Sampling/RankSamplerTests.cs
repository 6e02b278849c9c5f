namespace TripletLoss.Tests;

/// <summary>The ranks' shares of a sampler's batches.</summary>
public class RankSamplerTests
{
    private static readonly long[] Labels = [.. Enumerable.Range(0, 90).Select(i => i % 15L)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Put_together_they_are_the_batches(int size)
    {
        var whole = Sampler();
        RankSampler[] shares = [.. Enumerable.Range(0, size).Select(rank => Sampler().ForRank(rank, size))];
        shares.Sum(share => share.BatchSize).Should().Be(whole.BatchSize);
        shares.Should().OnlyContain(share => share.BatchesPerEpoch == whole.BatchesPerEpoch && share.BatchSize % whole.SamplesPerClass == 0);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            long[][][] dealt = [.. shares.Select(share => share.Chunk(share.BatchSize).ToArray())];
            whole.Should().Equal(Enumerable.Range(0, whole.BatchesPerEpoch).SelectMany(batch => dealt.SelectMany(share => share[batch])));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 6)]
    [InlineData(-1, 2)]
    [InlineData(2, 2)]
    public void Ranks_and_sizes_that_cannot_be_are_refused(int rank, int size) =>
        new Action(() => Sampler().ForRank(rank, size)).Should().Throw<ArgumentOutOfRangeException>();

    private static ClassBalancedSampler Sampler() => new(Labels, classesPerBatch: 5, samplesPerClass: 3, seed: 4);
}
