using FsCheck;
using FsCheck.Fluent;

namespace TripletLoss.Tests;

/// <summary>A label set and a sampler's arguments that go with it.</summary>
public sealed record SamplerCase(long[] Labels, int ClassesPerBatch, int SamplesPerClass, long Seed)
{
    public int BatchSize => ClassesPerBatch * SamplesPerClass;

    public ClassBalancedSampler Sampler(SmallClasses smallClasses = SmallClasses.Refuse, EpochCoverage coverage = EpochCoverage.Balanced) =>
        new(Labels, ClassesPerBatch, SamplesPerClass, Seed, smallClasses, coverage);

    /// <summary>The batches of the next epochs.</summary>
    public static List<long[]> Batches(ClassBalancedSampler sampler, int epochs) =>
        [.. Enumerable.Range(0, epochs).SelectMany(_ => sampler.Chunk(sampler.BatchSize).ToArray())];

    /// <summary>The classes of a batch, in its order.</summary>
    public long[] ClassesOf(long[] batch) => [.. batch.Chunk(SamplesPerClass).Select(samples => Labels[samples[0]])];

    public override string ToString() => $"{ClassesPerBatch} × {SamplesPerClass}, seed {Seed}, labels [{string.Join(", ", Labels)}]";
}

/// <summary>Label sets whose classes are all large enough, and such whose classes are of any size.</summary>
public static class SamplerCases
{
    public static Gen<SamplerCase> Generator(bool largeEnough) =>
        from samplesPerClass in Gen.Choose(1, 6)
        from classesPerBatch in Gen.Choose(1, 7)
        from moreClasses in Gen.Choose(0, 9)
        from sizes in Gen.Choose(largeEnough ? samplesPerClass : 1, largeEnough ? samplesPerClass + 15 : 8).ArrayOf(classesPerBatch + moreClasses)
        from firstLabel in Gen.Elements(0L, -3L, (1L << 53) + 1)
        from labels in Gen.Shuffle(sizes.SelectMany((size, number) => Enumerable.Repeat(firstLabel + number, size)))
        from seed in Gen.Choose(int.MinValue, int.MaxValue)
        select new SamplerCase(labels, classesPerBatch, samplesPerClass, seed);

    public static Arbitrary<SamplerCase> LargeEnough() => Generator(largeEnough: true).ToArbitrary();
}
