using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The four reductions on numbers made by hand.</summary>
public class ReducerTests
{
    private static readonly double[] Values = [1, 2, 4, 8];

    [Theory]
    [InlineData(LossReduction.SumOverBatchSize, 15.0 / 4)]
    [InlineData(LossReduction.Sum, 15.0)]
    [InlineData(LossReduction.MeanWithSampleWeight, 15.0 / 4)]
    public void WithoutWeights(LossReduction reduction, double expected) => AssertReduced(reduction, null, expected);

    [Theory]
    [InlineData(LossReduction.SumOverBatchSize, 30.0 / 4)]
    [InlineData(LossReduction.Sum, 30.0)]
    [InlineData(LossReduction.MeanWithSampleWeight, 15.0 / 4)]
    public void WithAScalarWeight(LossReduction reduction, double expected) => AssertReduced(reduction, [2], expected);

    [Theory]
    [InlineData(LossReduction.SumOverBatchSize, 9.0 / 4)]
    [InlineData(LossReduction.Sum, 9.0)]
    [InlineData(LossReduction.MeanWithSampleWeight, 9.0 / 5)]
    public void WithAWeightAnAnchor(LossReduction reduction, double expected) => AssertReduced(reduction, [3, 1, 1, 0], expected);

    [Theory]
    [InlineData(LossReduction.SumOverBatchSize)]
    [InlineData(LossReduction.Sum)]
    [InlineData(LossReduction.MeanWithSampleWeight)]
    public void ScaledSumsAreReducedAsTheLossesThatTheyMake(LossReduction reduction)
    {
        using var scope = NewDisposeScope();
        // Their plain sum would overflow.
        double[] sums = [1e308, 1e308, 1e308, double.Epsilon];
        var losses = sums.Select(sum => sum * 1e-4);
        var expected = reduction == LossReduction.Sum ? losses.Sum() : losses.Sum() / 4;
        TensorNumbers.Of(new Reducer(reduction, null, 4).Reduce(tensor(sums), tensor(1e-4), ScalarType.Float64)).Should().Equal(expected);
    }

    [Fact]
    public void AMeanOfEqualLossesIsTheirs()
    {
        using var scope = NewDisposeScope();
        var reducer = new Reducer(LossReduction.SumOverBatchSize, null, 49);
        TensorNumbers.Of(reducer.Reduce(ones(49, float64), tensor(1.0), ScalarType.Float64)).Should().Equal(1);
    }

    [Fact]
    public void WithoutAReduction() => AssertReduced(LossReduction.None, [3, 1, 1, 0], 3, 2, 4, 0);

    [Fact]
    public void AMeanByWeightsThatAreAllZeroIsZeroWithZeroGradients()
    {
        using var scope = NewDisposeScope();
        var (values, weights) = (tensor(Values).requires_grad_(), zeros(4, float64).requires_grad_());
        var reduced = new Reducer(LossReduction.MeanWithSampleWeight, weights, 4).Reduce(values);
        reduced.backward();
        TensorNumbers.Of(reduced).Should().Equal(0);
        TensorNumbers.GradientOf(values).Should().OnlyContain(entry => entry == 0);
        TensorNumbers.GradientOf(weights).Should().OnlyContain(entry => entry == 0);
    }

    [Fact]
    public void WeightsThatAddUpToZeroInTheLossesTypeHaveAZeroGradientToo()
    {
        using var scope = NewDisposeScope();
        // In float64 their sum is 1e-8.
        var reducer = new Reducer(LossReduction.MeanWithSampleWeight, tensor(new[] { 0.1f, 0.2f, -0.3f }), 3);
        TensorNumbers.Of(reducer.Reduce(tensor(new[] { 1f, 2f, 4f }))).Should().Equal(0);
        TensorNumbers.Of(reducer.Coefficients(zeros(3, 1))).Should().Equal(0, 0, 0);
    }

    [Fact]
    public void AnEmptyBatchHasAMeanOfZero()
    {
        using var scope = NewDisposeScope();
        foreach (var reduction in new[] { LossReduction.SumOverBatchSize, LossReduction.Sum, LossReduction.MeanWithSampleWeight })
            TensorNumbers.Of(new Reducer(reduction, null, 0).Reduce(zeros(0))).Should().Equal(0);
    }

    [Fact]
    public void AWeightOfZeroSilencesAnAnchorButNotItsPartInOthers()
    {
        using var scope = NewDisposeScope();
        // The first anchor is silent; as the positive of the second it still gets a gradient.
        var points = tensor(new[] { 0.0, 1.0, 1.5 }).reshape(3, 1).detach().requires_grad_();
        var value = new TripletHardLoss(margin: 3, reduction: LossReduction.None)
            .Call(tensor(new long[] { 0, 0, 1 }), points, tensor(new[] { 0.0, 1.0, 1.0 }));
        value.sum().backward();
        // (1 − 0)² − (1 − 1.5)² + 3 and 0 − (1.5 − 1)² + 3.
        TensorNumbers.Of(value).Should().Equal(0, 3.75, 2.75);
        TensorNumbers.GradientOf(points)[0].Should().Be(-2);
    }

    private static void AssertReduced(LossReduction reduction, double[]? weights, params double[] expected)
    {
        using var scope = NewDisposeScope();
        var weight = weights is null ? null : weights.Length == 1 ? tensor(weights[0]) : tensor(weights);
        TensorNumbers.Of(new Reducer(reduction, weight, 4).Reduce(tensor(Values))).Should().Equal(expected);
    }
}
