namespace TripletLoss.Tests;

public class ClassBalancedSamplerTests
{
    private static readonly long[] Labels = [7, 7, 8, 8, 9, 9];

    [Fact]
    public void TheExampleOfTheDocumentationHolds()
    {
        var sampler = new ClassBalancedSampler(labels: [7, 7, 8, 8, 9, 9], classesPerBatch: 2, samplesPerClass: 2, seed: 1);
        sampler.BatchSize.Should().Be(4);
        sampler.BatchesPerEpoch.Should().Be(1);
        sampler.ClassesPerBatch.Should().Be(2);
        sampler.SamplesPerClass.Should().Be(2);
    }

    [Fact]
    public void AnEpochIsCountedWhenItsEnumeratorIsMade()
    {
        var sampler = new ClassBalancedSampler(Labels, 3, 2);
        using var first = sampler.GetEnumerator();
        sampler.Epoch.Should().Be(1);
        using var second = sampler.GetEnumerator();
        sampler.Epoch.Should().Be(2);

        var reference = new ClassBalancedSampler(Labels, 3, 2);
        Rest(second).Should().Equal(reference.Skip(0).Concat(reference).Skip(6));
        reference.Epoch = 0;
        Rest(first).Should().Equal(reference);
    }

    [Fact]
    public void TheOrderOfASeedNeverChanges()
    {
        // Computed by an independent program (Python, from the description): whoever trains with a seed gets these on every platform and
        // with every later version.
        long[] labels = [.. Enumerable.Range(0, 24).Select(i => (long)(i % 5))];
        var sampler = new ClassBalancedSampler(labels, classesPerBatch: 3, samplesPerClass: 2, seed: 42);
        sampler.Should().Equal(8, 3, 7, 22, 14, 9, 10, 20, 6, 11, 19, 4, 13, 23, 2, 17, 0, 5, 16, 21, 15, 20, 9, 4);
        sampler.Epoch = 7;
        sampler.Should().Equal(3, 18, 10, 20, 17, 12, 19, 9, 8, 18, 1, 11, 19, 4, 21, 6, 17, 2, 10, 15, 13, 23, 14, 9);
    }

    [Fact]
    public void EverySeedAndEveryEpochHasItsOwnOrder()
    {
        long[] labels = [.. Enumerable.Range(0, 400).Select(i => (long)(i % 20))];
        var orders = Enumerable.Range(0, 40).Select(seed => new ClassBalancedSampler(labels, 5, 4, seed))
            .SelectMany(sampler => Enumerable.Range(0, 3).Select(_ => string.Join(' ', sampler)));
        orders.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void EverySampleIsEquallyLikelyToComeFirstAndLast()
    {
        // Six samples in three classes, 6000 seeds: 1000 each, with a standard deviation of 29.
        foreach (int place in (int[])[0, 5, 8, 11])
        {
            var counts = Enumerable.Range(0, 6000).Select(seed => new ClassBalancedSampler(Labels, 3, 2, seed))
                .GroupBy(sampler => sampler.Concat(sampler).ElementAt(place), (_, samplers) => samplers.Count());
            counts.Should().HaveCount(6).And.OnlyContain(count => Math.Abs(count - 1000) < 130);
        }
    }

    [Fact]
    public void EqualClassesAreSeenCompletelyInEveryEpoch()
    {
        long[] labels = [.. Enumerable.Range(0, 80).Select(i => (long)(i % 10))];
        var sampler = new ClassBalancedSampler(labels, 10, 4, seed: 5);
        for (int epoch = 0; epoch < 4; epoch++)
            sampler.Order().Should().Equal(Enumerable.Range(0, 80).Select(i => (long)i));
    }

    [Fact]
    public void OneBatchIsDealtWhereRepeatsMakeItLargerThanTheDataSet()
    {
        var sampler = new ClassBalancedSampler([1, 2, 2], 2, 4, seed: 3, SmallClasses.Repeat);
        sampler.BatchesPerEpoch.Should().Be(1);
        sampler.Order().Should().Equal(0, 0, 0, 0, 1, 1, 2, 2);
    }

    [Fact]
    public void TooFewClassesAreRefusedWhateverHappensToSmallOnes()
    {
        foreach (var smallClasses in Enum.GetValues<SmallClasses>())
        {
            var make = () => new ClassBalancedSampler(Labels, 4, 2, seed: 0, smallClasses);
            make.Should().Throw<ArgumentException>().WithParameterName("labels")
                .WithMessage("labels hold 3 classes, fewer than classesPerBatch = 4.*");
        }
        var ofNothing = () => new ClassBalancedSampler(Array.Empty<long>(), 1, 1);
        ofNothing.Should().Throw<ArgumentException>().WithMessage("labels hold 0 classes*");
    }

    [Fact]
    public void AClassSmallerThanItsPlaceIsRefusedWithTheNumbers()
    {
        var make = () => new ClassBalancedSampler([5, 5, 5, 6, 4, 6], 2, 3);
        make.Should().Throw<ArgumentException>().WithParameterName("labels").WithMessage(
            "2 of 3 classes are smaller than samplesPerClass = 3; the first is label 4 with 1. Pass smallClasses: SmallClasses.Skip*SmallClasses.Repeat*");
        var skipping = () => new ClassBalancedSampler([5, 5, 5, 6, 4, 6], 2, 3, smallClasses: SmallClasses.Skip);
        skipping.Should().Throw<ArgumentException>().WithParameterName("labels")
            .WithMessage("labels hold 1 classes of samplesPerClass = 3 samples or more, fewer than classesPerBatch = 2; 2 smaller ones are skipped.*");
    }

    [Fact]
    public void WhatDoesNotExistOrContradictsItselfIsRefused()
    {
        var unknownSmall = () => new ClassBalancedSampler(Labels, 2, 2, smallClasses: (SmallClasses)9);
        unknownSmall.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("smallClasses").WithMessage("*Refuse, Repeat or Skip, got 9*");
        var unknownCoverage = () => new ClassBalancedSampler(Labels, 2, 2, coverage: (EpochCoverage)(-1));
        unknownCoverage.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("coverage").WithMessage("*Balanced or EachOnce, got -1*");
        var twiceAndOnce = () => new ClassBalancedSampler(Labels, 2, 2, smallClasses: SmallClasses.Repeat, coverage: EpochCoverage.EachOnce);
        twiceAndOnce.Should().Throw<ArgumentException>().WithParameterName("smallClasses").WithMessage("*got Repeat: no sample may come twice*");
    }

    [Fact]
    public void NumbersBelowOneAreRefused()
    {
        var noClasses = () => new ClassBalancedSampler(Labels, 0, 2);
        noClasses.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("classesPerBatch");
        var noSamples = () => new ClassBalancedSampler(Labels, 2, -1);
        noSamples.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("samplesPerClass");
        var tooLarge = () => new ClassBalancedSampler(Labels, 1 << 16, 1 << 15);
        tooLarge.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("samplesPerClass");
        var noLabels = () => new ClassBalancedSampler((IEnumerable<long>)null!, 2, 2);
        noLabels.Should().Throw<ArgumentNullException>().WithParameterName("labels");
    }

    [Fact]
    public void TheEpochMayBeAnyNumberThatCanBeCounted()
    {
        var sampler = new ClassBalancedSampler(Labels, 2, 2, seed: 9) { Epoch = long.MaxValue / 8 };
        sampler.Should().HaveCount(4);
        var negative = () => sampler.Epoch = -1;
        negative.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Epoch");
        var tooLate = () => sampler.Epoch = long.MaxValue;
        tooLate.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Epoch");
    }

    private static IEnumerable<long> Rest(IEnumerator<long> enumerator)
    {
        while (enumerator.MoveNext())
            yield return enumerator.Current;
    }
}
