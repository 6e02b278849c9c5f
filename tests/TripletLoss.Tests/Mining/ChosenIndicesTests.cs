using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>A batch that was mined is valued again by other weights, without mining.</summary>
public class ChosenIndicesTests
{
    public static TheoryData<string, string> Cases => new(
        from kind in LossUnderTest.Kinds
        where !kind.Contains("all", StringComparison.OrdinalIgnoreCase)
        from distance in new[] { "squared-L2", "L2", "angular" }
        select (kind, distance));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_of_kept_choices_is_that_of_mining_again(string kind, string distance)
    {
        using var scope = NewDisposeScope();
        var loss = SmallBatch.Loss(kind, Distance.Get(distance)).Mined!;
        var problem = new MiningProblem(Labels(), SmallBatch.Points(60, 5), null, null, null);
        var coefficients = Numbers.Range(60, CPU).to_type(float64);
        foreach (var way in new[] { MiningWay.Tiles, MiningWay.Strips })
        {
            var chosen = new ChosenIndices();
            var mined = CpuKernel.TryRun(new(problem, loss.Rule, loss.Distance, Chosen: chosen), way)!;
            chosen.Positives.Should().NotBeNull();
            var again = CpuKernel.TryRun(new(problem, loss.Rule, loss.Distance, coefficients, Chosen: chosen))!;
            var expected = CpuKernel.TryRun(new(problem, loss.Rule, loss.Distance, coefficients), way)!;
            TensorNumbers.Of(again.Sums).Should().Equal(TensorNumbers.Of(mined.Sums)).And.Equal(TensorNumbers.Of(expected.Sums));
            TensorNumbers.Of(again.AnchorGradient!).Should().Equal(TensorNumbers.Of(expected.AnchorGradient!)).And.Contain(number => number != 0);
            (again.Terms.item<double>(), again.Active.item<double>()).Should().Be((expected.Terms.item<double>(), expected.Active.item<double>()));
        }
    }

    [Fact]
    public void Other_choices_are_another_loss()
    {
        using var scope = NewDisposeScope();
        var problem = new MiningProblem(Labels(), SmallBatch.Points(60, 5), null, null, null);
        var chosen = new ChosenIndices();
        CpuKernel.TryRun(new(problem, new SemiHardRule(1), Distance.SquaredEuclidean, Chosen: chosen), MiningWay.Tiles);
        chosen.Keep(chosen.Positives, chosen.Positives);
        var part = CpuKernel.TryRun(new(problem, new SemiHardRule(1), Distance.SquaredEuclidean, Chosen: chosen))!;
        TensorNumbers.Of(part.Sums).Should().OnlyContain(sum => sum == 3, "each of the three positives is as far as itself: the margin");
    }

    [Fact]
    public void Where_the_points_had_to_be_scaled_and_in_whole_rows_nothing_is_kept()
    {
        using var scope = NewDisposeScope();
        var chosen = new ChosenIndices();
        foreach (var (points, way) in new[] { (SmallBatch.Points(60, 5).Times(1e20), MiningWay.Tiles), (SmallBatch.Points(60, 5), MiningWay.Rows) })
            CpuKernel.TryRun(new(new MiningProblem(Labels(), points, null, null, null), new SemiHardRule(1), Distance.SquaredEuclidean, Chosen: chosen), way);
        chosen.Positives.Should().BeNull();
    }

    private static Tensor Labels() => tensor([.. Enumerable.Range(0, 60).Select(i => (long)(i % 15))]);
}
