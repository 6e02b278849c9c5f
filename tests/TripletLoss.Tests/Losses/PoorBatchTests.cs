using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Batches in which there is nothing to learn: 0 with a graph, in every loss, for every distance, type and reduction.</summary>
public class PoorBatchTests
{
    public static TheoryData<string, string> Combinations => LossMatrix.Combinations();

    [Theory]
    [MemberData(nameof(Combinations))]
    public void ABatchWithoutANegativeIsZero(string kind, string distance)
    {
        AssertZero(kind, distance, [], 3);
        AssertZero(kind, distance, [7], 3);
        AssertZero(kind, distance, [7, 7, 7, 7], 3);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void ABatchWithoutAPositivePairIsZeroUnlessTheLossIsTheHardOne(string kind, string distance)
    {
        if (!kind.StartsWith("hard", StringComparison.Ordinal))
            AssertZero(kind, distance, [1, 2, 3], 2);
    }

    [Fact]
    public void TheHardLossCountsAnAnchorAloneInItsClassWithAPositiveDistanceOfZero()
    {
        using var scope = NewDisposeScope();
        var points = tensor(new[] { 0.0, 0.5, 3.0 }).reshape(3, 1);
        // Nearest negatives at 0.25, 0.25 and 6.25: hinges of 0.75, 0.75 and 0.
        TensorNumbers.Of(new TripletHardLoss().Call(tensor(new long[] { 0, 1, 2 }), points)).Should().Equal(0.5);
    }

    [Theory]
    [MemberData(nameof(SmallBatch.Kinds), MemberType = typeof(SmallBatch))]
    public void NoReferencesAreNoNegatives(string kind)
    {
        using var scope = NewDisposeScope();
        var (points, references) = (SmallBatch.Embeddings(), zeros(0, 3).requires_grad_());
        var value = SmallBatch.Loss(kind).Call(SmallBatch.Labels(), points, new ReferenceSet(zeros(0, int64), references));
        value.backward();
        TensorNumbers.Of(value).Should().Equal(0);
        TensorNumbers.GradientOf(points).Should().OnlyContain(entry => entry == 0);
    }

    private static void AssertZero(string kind, string distance, long[] labels, int columns)
    {
        foreach (var reduction in Enum.GetValues<LossReduction>())
        {
            foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64, ScalarType.Float16, ScalarType.BFloat16 })
                AssertZero(new LossUnderTest(kind, 1, DistancesUnderTest.Named(distance)).Create(reduction), labels, columns, type);
        }
    }

    private static void AssertZero(Loss loss, long[] labels, int columns, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var points = SmallBatch.Points(labels.Length, columns, type);
        var value = loss.Call(labels.Length == 0 ? zeros(0, int64) : tensor(labels), points);
        value.requires_grad.Should().BeTrue();
        value.shape.Should().Equal(loss.Reduction == LossReduction.None ? [labels.Length] : []);
        value.sum().backward();
        TensorNumbers.Of(value).Should().Equal(new double[value.numel()]);
        using var gradient = points.grad;
        gradient.Should().NotBeNull();
        TensorNumbers.Of(gradient!).Should().Equal(new double[labels.Length * columns]);
    }
}
