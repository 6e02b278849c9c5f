namespace TripletLoss.Tests;

/// <summary>The sampler of labels of any type.</summary>
public class ClassBalancedSamplerOfTests
{
    private static readonly string[] Animals = ["fox", "cat", "cat", "Cat", "fox", "dog", "dog", "fox", "dog"];

    [Theory]
    [InlineData(EpochCoverage.Balanced)]
    [InlineData(EpochCoverage.EachOnce)]
    public void LabelsAreNumberedAsTheyFirstAppear(EpochCoverage coverage)
    {
        var sampler = ClassBalancedSampler.Of(Animals, 2, 2, seed: 3, SmallClasses.Skip, coverage);
        var expected = new ClassBalancedSampler([0, 1, 1, 2, 0, 3, 3, 0, 3], 2, 2, seed: 3, SmallClasses.Skip, coverage);
        for (int epoch = 0; epoch < 4; epoch++)
            sampler.Should().Equal(expected);
        sampler.SmallClasses.Should().Be(SmallClasses.Skip);
        sampler.Coverage.Should().Be(coverage);
    }

    [Fact]
    public void AComparerSaysWhichLabelsAreTheSame()
    {
        var sampler = ClassBalancedSampler.Of(Animals, 3, 3, seed: 3, comparer: StringComparer.OrdinalIgnoreCase);
        sampler.Order().Should().Equal(Enumerable.Range(0, 9).Select(i => (long)i));
    }

    [Fact]
    public void LabelsMayBeEnumerationsAndTuples()
    {
        ClassBalancedSampler.Of([DayOfWeek.Friday, DayOfWeek.Monday, DayOfWeek.Friday, DayOfWeek.Monday], 2, 2).Order().Should().Equal(0, 1, 2, 3);
        ClassBalancedSampler.Of([(1, "a"), (1, "b"), (1, "a"), (1, "b")], 2, 2).Order().Should().Equal(0, 1, 2, 3);
        ClassBalancedSampler.Of([1, 2, 1, 2], 2, 2).Should().Equal(new ClassBalancedSampler([0, 1, 0, 1], 2, 2));
    }

    [Fact]
    public void ErrorsNameTheLabel()
    {
        var tooSmall = () => ClassBalancedSampler.Of(Animals, 2, 2);
        tooSmall.Should().Throw<ArgumentException>().WithParameterName("labels")
            .WithMessage("1 of 4 classes are smaller than samplesPerClass = 2; the first is label Cat with 1.*");
        var missing = () => ClassBalancedSampler.Of(["a", null!, "a"], 1, 1);
        missing.Should().Throw<ArgumentException>().WithParameterName("labels").WithMessage("labels must not be null, got null at index 1.*");
        var none = () => ClassBalancedSampler.Of((IEnumerable<string>)null!, 1, 1);
        none.Should().Throw<ArgumentNullException>().WithParameterName("labels");
        var noSamples = () => ClassBalancedSampler.Of(Animals, 1, 0);
        noSamples.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("samplesPerClass").WithMessage("samplesPerClass must be at least 1, got 0.*");
    }
}
