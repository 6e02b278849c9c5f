using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>An embedding that is not finite is never turned into a silent number.</summary>
public class NotFiniteTests
{
    public static TheoryData<string, string> Combinations => LossMatrix.Combinations();

    [Theory]
    [MemberData(nameof(Combinations))]
    public void MakesTheLossAndAllOfItsGradientNaNWhereverItStands(string kind, string distance)
    {
        foreach (double value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            foreach (var reduction in Enum.GetValues<LossReduction>())
            {
                // The fourth is alone in its class.
                for (int row = 0; row < 5; row++)
                    AssertNaN(new LossUnderTest(kind, 1, DistancesUnderTest.Named(distance)).Create(reduction), [0, 0, 1, 2, 1], value, row);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void MakesPoorBatchesNaNToo(string kind, string distance)
    {
        var loss = new LossUnderTest(kind, 1, DistancesUnderTest.Named(distance)).Create();
        AssertNaN(loss, [1], double.NaN, 0);
        AssertNaN(loss, [1, 1, 1], double.PositiveInfinity, 1);
        AssertNaN(loss, [1, 2, 3], double.NaN, 2);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void MakesItNaNFromAmongTheReferences(string kind, string distance)
    {
        using var scope = NewDisposeScope();
        var loss = new LossUnderTest(kind, 1, DistancesUnderTest.Named(distance)).Create();
        var (points, references) = (SmallBatch.Embeddings(), Spoilt(4, double.PositiveInfinity, 3));
        var value = loss.Call(SmallBatch.Labels(), points, new ReferenceSet(tensor(new long[] { 0, 1, 1, 9 }), references));
        value.backward();
        TensorNumbers.Of(value).Should().OnlyContain(entry => double.IsNaN(entry));
        TensorNumbers.GradientOf(points).Should().OnlyContain(entry => double.IsNaN(entry));
        TensorNumbers.GradientOf(references).Should().OnlyContain(entry => double.IsNaN(entry));
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void MakesAnEmptyBatchNaNWithAGradientOrWithout(string kind, string distance)
    {
        using var scope = NewDisposeScope();
        var loss = new LossUnderTest(kind, 1, DistancesUnderTest.Named(distance)).Create();
        var references = new ReferenceSet(tensor(new long[] { 0, 1 }), Spoilt(2, double.NaN, 1));
        TensorNumbers.Of(loss.Call(zeros(0, int64), zeros(0, 3), references)).Should().Equal(double.NaN);
        using var noGradient = no_grad();
        TensorNumbers.Of(loss.Call(zeros(0, int64), zeros(0, 3), references)).Should().Equal(double.NaN);
    }

    private static void AssertNaN(Loss loss, long[] labels, double spoiler, int row)
    {
        using var scope = NewDisposeScope();
        var points = Spoilt(labels.Length, spoiler, row);
        var value = loss.Call(tensor(labels), points);
        value.sum().backward();
        TensorNumbers.Of(value).Should().OnlyContain(entry => double.IsNaN(entry), "{0} in row {1} ({2})", spoiler, row, loss.Reduction);
        TensorNumbers.GradientOf(points).Should().OnlyContain(entry => double.IsNaN(entry), "{0} in row {1} ({2})", spoiler, row, loss.Reduction);
    }

    private static Tensor Spoilt(int rows, double spoiler, int row)
    {
        double[] values = PointCloud.Gaussian.Scatter(new Random(1), rows, 3);
        values[(row * 3) + 1] = spoiler;
        return TensorNumbers.ToTensor(values, rows, 3).to_type(ScalarType.Float32).detach().requires_grad_();
    }
}
