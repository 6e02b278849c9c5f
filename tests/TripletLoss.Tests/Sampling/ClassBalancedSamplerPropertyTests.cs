using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace TripletLoss.Tests;

/// <summary>What the sampler promises, on random label sets.</summary>
[Properties(Arbitrary = [typeof(SamplerCases)], MaxTest = 300)]
public class ClassBalancedSamplerPropertyTests
{
    [Property]
    public void EveryBatchHoldsItsClassesWithDifferentSamplesOfEach(SamplerCase @case)
    {
        foreach (long[] batch in SamplerCase.Batches(@case.Sampler(), epochs: 3))
        {
            batch.Should().HaveCount(@case.BatchSize).And.OnlyHaveUniqueItems();
            var classes = batch.GroupBy(index => @case.Labels[index]).ToArray();
            classes.Should().HaveCount(@case.ClassesPerBatch).And.OnlyContain(members => members.Count() == @case.SamplesPerClass);
        }
    }

    [Property]
    public void AnEpochHasAsManyBatchesAsFitIntoTheDataSet(SamplerCase @case)
    {
        var sampler = @case.Sampler();
        sampler.BatchesPerEpoch.Should().Be(@case.Labels.Length / @case.BatchSize);
        sampler.Should().HaveCount(sampler.BatchesPerEpoch * sampler.BatchSize);
    }

    [Property]
    public void AllClassesAreDealtBeforeAnyComesAgain(SamplerCase @case)
    {
        var classes = SamplerCase.Batches(@case.Sampler(), epochs: 5).SelectMany(@case.ClassesOf);
        foreach (long[] round in classes.Chunk(@case.Labels.Distinct().Count()))
            round.Should().OnlyHaveUniqueItems();
    }

    [Property]
    public void AllMembersOfAClassAreDealtBeforeAnyComesAgain(SamplerCase @case)
    {
        var dealt = SamplerCase.Batches(@case.Sampler(), epochs: 5).SelectMany(batch => batch).ToLookup(index => @case.Labels[index]);
        foreach (var members in dealt)
        {
            foreach (long[] round in members.Chunk(@case.Labels.Count(label => label == members.Key)))
                round.Should().OnlyHaveUniqueItems();
        }
    }

    [Property]
    public void AnEpochFollowsFromTheSeedAndItsNumberAlone(SamplerCase @case)
    {
        var whole = @case.Sampler();
        var epochs = Enumerable.Range(0, 12).Select(_ => whole.ToArray()).ToArray();
        foreach (int epoch in (int[])[11, 3, 7, 4])
        {
            var resumed = @case.Sampler();
            resumed.Epoch = epoch;
            resumed.Should().Equal(epochs[epoch]);
            resumed.Epoch.Should().Be(epoch + 1);
        }
    }

    [Property]
    public Property RepeatsFillTheBatchesOfSmallClassesEvenly() => Prop.ForAll(SamplerCases.Generator(largeEnough: false).ToArbitrary(), @case =>
    {
        var sampler = @case.Sampler(SmallClasses.Repeat);
        var batches = SamplerCase.Batches(sampler, epochs: 4);
        batches.Should().HaveCount(4 * Math.Max(@case.Labels.Length / @case.BatchSize, 1));
        foreach (long[] batch in batches)
            batch.GroupBy(index => @case.Labels[index]).Select(members => members.Count()).Should().Equal(Enumerable.Repeat(@case.SamplesPerClass, @case.ClassesPerBatch));
        foreach (var members in batches.SelectMany(batch => batch).GroupBy(index => @case.Labels[index]))
        {
            var times = members.GroupBy(index => index, (_, same) => same.Count()).ToArray();
            int least = times.Length < @case.Labels.Count(label => label == members.Key) ? 0 : times.Min();
            (times.Max() - least).Should().BeLessThanOrEqualTo(1);
        }
    });
}
