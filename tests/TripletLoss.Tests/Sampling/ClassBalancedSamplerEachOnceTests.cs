using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace TripletLoss.Tests;

/// <summary>Epochs in which no sample comes twice.</summary>
[Properties(MaxTest = 2000)]
public class ClassBalancedSamplerEachOnceTests
{
    [Property]
    public Property NoSampleComesTwiceAndNoMoreBatchesCouldBeMade() => Prop.ForAll(Cases(), @case =>
    {
        var sampler = @case.Sampler(SmallClasses.Skip, EpochCoverage.EachOnce);
        sampler.BatchesPerEpoch.Should().Be(MostBatches(@case));
        for (int epoch = 0; epoch < 3; epoch++)
        {
            long[] indices = [.. sampler];
            indices.Should().HaveCount(sampler.BatchesPerEpoch * @case.BatchSize).And.OnlyHaveUniqueItems();
            foreach (long[] batch in indices.Chunk(@case.BatchSize))
            {
                @case.ClassesOf(batch).Should().OnlyHaveUniqueItems();
                batch.Chunk(@case.SamplesPerClass).All(samples => samples.All(index => @case.Labels[index] == @case.Labels[samples[0]])).Should().BeTrue();
            }
        }
    });

    [Property]
    public Property AnEpochFollowsFromTheSeedAndItsNumberAlone() => Prop.ForAll(Cases(), @case =>
    {
        var whole = @case.Sampler(SmallClasses.Skip, EpochCoverage.EachOnce);
        var epochs = Enumerable.Range(0, 6).Select(_ => whole.ToArray()).ToArray();
        var resumed = @case.Sampler(SmallClasses.Skip, EpochCoverage.EachOnce);
        resumed.Epoch = 4;
        resumed.Should().Equal(epochs[4]);
        resumed.Should().Equal(epochs[5]);
    });

    /// <summary>Whatever the coverage: the order is that of a data set that never held them.</summary>
    [Property]
    public Property SmallClassesAreSkippedAsIfTheyWereNotThere() => Prop.ForAll(Cases(), @case =>
    {
        long[] kept = [.. Enumerable.Range(0, @case.Labels.Length).Select(i => (long)i)
            .Where(i => @case.Labels.Count(label => label == @case.Labels[i]) >= @case.SamplesPerClass)];
        var without = @case with { Labels = [.. kept.Select(i => @case.Labels[i])] };
        foreach (var coverage in Enum.GetValues<EpochCoverage>())
        {
            var (sampler, expected) = (@case.Sampler(SmallClasses.Skip, coverage), without.Sampler(SmallClasses.Refuse, coverage));
            sampler.BatchesPerEpoch.Should().Be(expected.BatchesPerEpoch);
            for (int epoch = 0; epoch < 2; epoch++)
                sampler.SequenceEqual(expected.Select(i => kept[i])).Should().BeTrue();
        }
    });

    [Fact]
    public void RareSamplesComeOnceAnEpochAndNotDozensOfTimes()
    {
        // 10 rare samples among 1500, of 4 classes.
        long[] labels = [.. Enumerable.Range(0, 1500).Select(i => i < 10 ? 0 : 1 + i % 3L)];
        MostTimesOfARareOne(EpochCoverage.EachOnce).Should().Be(1);
        MostTimesOfARareOne(EpochCoverage.Balanced).Should().BeGreaterThan(30);

        int MostTimesOfARareOne(EpochCoverage coverage) => new ClassBalancedSampler(labels, 2, 2, coverage: coverage)
            .Where(index => index < 10).GroupBy(index => index, (_, times) => times.Count()).Max();
    }

    [Fact]
    public void WhatIsLeftOutIsDrawnEvenly()
    {
        // One batch of two classes takes 2 of the 3 samples of each: each sample 2000 times of 3000, with a standard deviation of 26.
        var sampler = new ClassBalancedSampler([1, 1, 1, 2, 2, 2], 2, 2, seed: 5, coverage: EpochCoverage.EachOnce);
        var times = Enumerable.Range(0, 3000).SelectMany(_ => sampler).GroupBy(index => index, (_, same) => same.Count()).ToArray();
        times.Should().HaveCount(6).And.OnlyContain(count => Math.Abs(count - 2000) < 120);
    }

    [Fact]
    public void EveryTwoClassesMeetEquallyOften()
    {
        // 6 classes of 3 groups: 9 batches of 2 an epoch. Of 4500 meetings each of the 15 pairs has 300, with a standard deviation of 17.
        long[] labels = [.. Enumerable.Range(0, 36).Select(i => i % 6L)];
        var sampler = new ClassBalancedSampler(labels, 2, 2, seed: 5, coverage: EpochCoverage.EachOnce);
        var meetings = SamplerCase.Batches(sampler, epochs: 500).GroupBy(batch => (Math.Min(labels[batch[0]], labels[batch[2]]), Math.Max(labels[batch[0]], labels[batch[2]])), (_, same) => same.Count()).ToArray();
        meetings.Should().HaveCount(15).And.OnlyContain(count => Math.Abs(count - 300) < 85);
    }

    [Fact]
    public void TheOrderOfASeedNeverChanges()
    {
        // Computed by an independent program (Python, from the description).
        long[] labels = [.. Enumerable.Range(0, 23).Select(i => i < 14 ? i % 4L : 0)];
        var sampler = new ClassBalancedSampler(labels, classesPerBatch: 2, samplesPerClass: 2, seed: 42, coverage: EpochCoverage.EachOnce);
        sampler.Should().Equal(16, 21, 5, 9, 3, 11, 18, 4, 2, 10, 0, 22, 12, 20, 13, 1);
        sampler.Epoch = 9;
        sampler.Should().Equal(9, 1, 20, 15, 6, 2, 4, 12, 5, 13, 18, 17, 7, 3, 14, 22);
    }

    private static Arbitrary<SamplerCase> Cases() =>
        (from large in SamplerCases.Generator(largeEnough: true)
         from small in Gen.Choose(1, 6).ArrayOf()
         from huge in Gen.Choose(0, 120)
         from seed in Gen.Choose(0, 1000)
         select large with { Labels = Shuffled(seed, [.. large.Labels, .. small.SelectMany((size, i) => Enumerable.Repeat(1000L + i, size)), .. Enumerable.Repeat(large.Labels[0], huge)]) })
        .ToArbitrary();

    private static long[] Shuffled(int seed, long[] labels)
    {
        new Random(seed).Shuffle(labels);
        return labels;
    }

    // Always the classes that have most left: whoever deals otherwise has no more.
    private static int MostBatches(SamplerCase @case)
    {
        int[] groups = [.. @case.Labels.GroupBy(label => label, (_, same) => same.Count() / @case.SamplesPerClass)];
        for (int batches = 0; ; batches++)
        {
            Array.Sort(groups, (a, b) => b - a);
            if (groups.Length < @case.ClassesPerBatch || groups[@case.ClassesPerBatch - 1] == 0)
                return batches;
            for (int i = 0; i < @case.ClassesPerBatch; i++)
                groups[i]--;
        }
    }
}
