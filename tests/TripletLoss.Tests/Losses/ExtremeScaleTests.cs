using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>In float32, against the same numbers in float64: where squares overflow or vanish, and where differences are lost beside the points.</summary>
public class ExtremeScaleTests
{
    public static TheoryData<string, string, double> Scales()
    {
        var data = new TheoryData<string, string, double>();
        foreach (string kind in LossUnderTest.Kinds.Where(kind => kind != "hard, soft"))
        {
            foreach (double scale in new[] { 1e-24, 1e-21, 1e-15, 1e15, 3e16 })
                data.Add(kind, "squared-L2", scale);
            foreach (double scale in new[] { 1e-24, 1e-21, 1e18, 1e20, 1e30 })
                data.Add(kind, "L2", scale);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void NeitherOverflowsNorVanishes(string kind, string distance, double scale)
    {
        using var scope = NewDisposeScope();
        var points = SmallBatch.Points(48, 8).detach().Times(scale);
        AssertLikeFloat64(new LossUnderTest(kind, 0, OracleDistance.Named(distance)).Create(), Arithmetic.Cycle(48, 8), points);
    }

    [Theory]
    [InlineData(4, "squared-L2")]
    [InlineData(4, "angular")]
    [InlineData(300, "squared-L2")]
    [InlineData(300, "angular")]
    public void TheGradientWithinTightClumpsIsRight(int perClass, string distance)
    {
        using var scope = NewDisposeScope();
        const int Count = 1200;
        // Every class is in one of two clumps, so that all active triplets are within one.
        var labels = Arithmetic.Cycle(Count, Count / perClass);
        var points = SmallBatch.Points(Count, 16).detach().Times(1e-3).Plus(Arithmetic.Cycle(Count, 2).unsqueeze(1).to_type(float32).Times(16).Plus(-8));
        double margin = distance == "angular" ? 1e-8 : 1e-6;
        AssertLikeFloat64(new LossUnderTest("batch-all", margin, OracleDistance.Named(distance)).Create(), labels, points);
    }

    [Fact]
    public void DenormalVectorsHaveACosineAndTheSameValueWithAGradient()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 0, 0, 1, 1 });
        var points = tensor(new[,] { { 1e-39f, 0 }, { 0, 1e-39f }, { 1e-39f, 1e-39f }, { -1e-39f, 0 } });
        // Of (1, 0), (0, 1), (1, 1) and (−1, 0), whose gradient is 10³⁹ times smaller.
        double expected = TensorNumbers.Of(new TripletSemiHardLoss(distance: Distance.Cosine).Call(labels, (points.to_type(float64) * tensor(1e39))))[0];
        foreach (var wantsGradient in new[] { false, true })
        {
            foreach (var reduction in new[] { LossReduction.SumOverBatchSize, LossReduction.None })
            {
                var leaf = points.clone().requires_grad_(wantsGradient);
                var value = new TripletSemiHardLoss(distance: Distance.Cosine, reduction: reduction).Call(labels, leaf);
                TensorNumbers.Of(value).Average().Should().BeApproximately(expected, 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(SmallBatch.Kinds), MemberType = typeof(SmallBatch))]
    public void AMeanDoesNotOverflowWhereItsSumDoes(string kind)
    {
        using var scope = NewDisposeScope();
        var points = SmallBatch.Points(64, 2).detach() * tensor(2.5e18f);
        AssertLikeFloat64(SmallBatch.Loss(kind), Arithmetic.Cycle(64, 16), points);
    }

    private static void AssertLikeFloat64(Loss loss, Tensor labels, Tensor points)
    {
        var (single, wide) = (points.clone().requires_grad_(), points.to_type(float64).requires_grad_());
        var (value, expected) = (loss.Call(labels, single), loss.Call(labels, wide));
        value.backward();
        expected.backward();
        value.Number().Should().BeApproximately(expected.Number(), 1e-5 * expected.Number() + 1e-44);
        var (found, right) = (TensorNumbers.GradientOf(single), TensorNumbers.GradientOf(wide));
        right.Should().Contain(entry => entry != 0);
        found.Zip(right, (x, y) => Math.Abs(x - y)).Max().Should().BeLessThan(1e-4 * right.Max(Math.Abs));
    }
}
