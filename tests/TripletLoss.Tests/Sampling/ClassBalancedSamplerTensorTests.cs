using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The sampler of labels in tensors and other collections.</summary>
public class ClassBalancedSamplerTensorTests
{
    private static readonly long[] Labels = [.. Enumerable.Range(0, 30).Select(i => (long)(i % 4))];

    [Theory]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int64)]
    public void LabelsMayBeATensorOfAnyIntegerType(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var expected = new ClassBalancedSampler(Labels, 3, 2, seed: 4).ToArray();
        var labels = tensor(Labels).to_type(type);
        new ClassBalancedSampler(labels, 3, 2, seed: 4).Should().Equal(expected);
        new ClassBalancedSampler(labels.unsqueeze(1), 3, 2, seed: 4).Should().Equal(expected);
        var everyOther = stack([labels, zeros_like(labels)], 1)[TensorIndex.Colon, TensorIndex.Single(0)];
        new ClassBalancedSampler(everyOther, 3, 2, seed: 4).Should().Equal(expected);
    }

    [Fact]
    public void LabelsMayBeAnArrayAListOrAQuery()
    {
        var expected = new ClassBalancedSampler(Labels, 3, 2, seed: 4).ToArray();
        new ClassBalancedSampler(Labels.ToList(), 3, 2, seed: 4).Should().Equal(expected);
        new ClassBalancedSampler(Labels.Select(label => label), 3, 2, seed: 4).Should().Equal(expected);
        using var scope = NewDisposeScope();
        new ClassBalancedSampler(Labels.Select(label => (int)label).ToArray(), 3, 2, seed: 4).Should().Equal(expected);
    }

    [Fact]
    public void OtherTensorsAreRefused()
    {
        using var scope = NewDisposeScope();
        foreach (var (labels, got) in new[] { (zeros(6), "Float32 [6]"), (zeros(6, ScalarType.Bool), "Bool [6]"), (zeros(6, 2, int64), "Int64 [6, 2]") })
        {
            var make = () => new ClassBalancedSampler(labels, 1, 1);
            make.Should().Throw<ArgumentException>().WithParameterName("labels")
                .WithMessage($"labels must be integer labels [n] or [n, 1], got {got}.*");
        }
        var ofNull = () => new ClassBalancedSampler((Tensor)null!, 1, 1);
        ofNull.Should().Throw<ArgumentNullException>().WithParameterName("labels");
    }

    [Fact]
    public void ATensorOfLabelsLeavesNoTensorBehind()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(Labels).to_type(int32);
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (int i = 0; i < 100; i++)
            _ = new ClassBalancedSampler(labels, 3, 2).Count();
        DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount.Should().Be(before);
    }
}
