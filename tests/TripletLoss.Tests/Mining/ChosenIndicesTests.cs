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
        foreach (var way in Ways(loss.Rule))
        {
            var chosen = new ChosenIndices();
            var mined = CpuKernel.TryRun(new(problem, loss.Rule, loss.Distance, Chosen: chosen), way)!;
            (chosen.Positives is null, chosen.Columns is null).Should().Be((way == MiningWay.Rows, way != MiningWay.Rows));
            var again = CpuKernel.TryRun(new(problem, loss.Rule, loss.Distance, coefficients, Chosen: chosen), way)!;
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
    public void Other_columns_are_another_loss()
    {
        using var scope = NewDisposeScope();
        var problem = new MiningProblem(Labels(), SmallBatch.Points(60, 5), null, null, null);
        var chosen = new ChosenIndices();
        CpuKernel.TryRun(new(problem, new SemiHardRule(1), Distance.SquaredEuclidean, Chosen: chosen), MiningWay.Rows);
        // Sorted by label, four samples a class: with the positives in place of their negatives.
        for (var pair = 0; pair < chosen.Columns!.Length; pair++)
            chosen.Columns[pair] = Array.FindAll([0, 1, 2, 3], place => place != pair / 3 % 4)[pair % 3] + (pair / 12 * 4);
        var part = CpuKernel.TryRun(new(problem, new SemiHardRule(1), Distance.SquaredEuclidean, Chosen: chosen), MiningWay.Rows)!;
        TensorNumbers.Of(part.Sums).Should().OnlyContain(sum => sum == 3, "each of the three positives is as far as itself: the margin");
    }

    [Fact]
    public void The_columns_of_a_large_batch_are_not_kept()
    {
        var chosen = new ChosenIndices();
        chosen.KeepColumns(1 << 24);
        chosen.Columns.Should().HaveCount(1 << 24);
        chosen.KeepColumns((1 << 24) + 1);
        chosen.Columns.Should().BeNull();
    }

    [Fact]
    public void Where_the_points_had_to_be_scaled_and_by_batch_all_nothing_is_kept()
    {
        using var scope = NewDisposeScope();
        foreach (var way in new[] { MiningWay.Tiles, MiningWay.Rows })
        {
            var chosen = new ChosenIndices();
            CpuKernel.TryRun(new(new MiningProblem(Labels(), SmallBatch.Points(60, 5).Times(1e20), null, null, null), new SemiHardRule(1), Distance.SquaredEuclidean, Chosen: chosen), way);
            CpuKernel.TryRun(new(new MiningProblem(Labels(), SmallBatch.Points(60, 5), null, null, null), new BatchAllRule(1, ActiveOnly: true), Distance.SquaredEuclidean, Chosen: chosen), way);
            (chosen.Positives, chosen.Columns).Should().Be((null, null));
        }
    }

    private static MiningWay[] Ways(MiningRule rule) => rule is SemiHardRule ? [MiningWay.Tiles, MiningWay.Rows] : [MiningWay.Tiles];

    private static Tensor Labels() => tensor([.. Enumerable.Range(0, 60).Select(i => (long)(i % 15))]);
}
