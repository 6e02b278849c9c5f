using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>A batch that was mined is valued again by other weights, without mining.</summary>
public class KeptMiningTests
{
    public static TheoryData<string, string> Cases => new(
        from kind in LossUnderTest.Kinds
        from distance in new[] { "squared-L2", "L2", "angular" }
        select (kind, distance));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_of_what_was_kept_is_that_of_mining_again(string kind, string distance)
    {
        using var scope = NewDisposeScope();
        var loss = SmallBatch.Loss(kind, Distance.Get(distance)).Mined!;
        var problem = new MiningProblem(Labels(), SmallBatch.Points(60, 5), null, null, null);
        var coefficients = Numbers.Range(60, CPU).to_type(float64);
        foreach (var way in Ways(loss.Rule))
        {
            var kept = new KeptMining();
            var mined = CpuKernel.TryRun(new(problem, loss.Rule, loss.Distance, Kept: kept), way)!;
            var isBatchAll = loss.Rule is BatchAllRule;
            (kept.Positives is null, kept.Columns is null, kept.Distances is null).Should().Be((isBatchAll || way == MiningWay.Rows, isBatchAll || way == MiningWay.Tiles, !isBatchAll));
            var again = CpuKernel.TryRun(new(problem, loss.Rule, loss.Distance, coefficients, Kept: kept), way)!;
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
        var part = ValuedAgain(new SemiHardRule(1), MiningWay.Tiles, kept => kept.Keep(kept.Positives, kept.Positives));
        TensorNumbers.Of(part.Sums).Should().OnlyContain(sum => sum == 3, "each of the three positives is as far as itself: the margin");
    }

    [Fact]
    public void Other_columns_are_another_loss()
    {
        using var scope = NewDisposeScope();
        var part = ValuedAgain(new SemiHardRule(1), MiningWay.Rows, kept =>
        {
            // Sorted by label, four samples a class: with the positives in place of their negatives.
            for (var pair = 0; pair < kept.Columns!.Length; pair++)
                kept.Columns[pair] = Array.FindAll([0, 1, 2, 3], place => place != pair / 3 % 4)[pair % 3] + (pair / 12 * 4);
        });
        TensorNumbers.Of(part.Sums).Should().OnlyContain(sum => sum == 3, "each of the three positives is as far as itself: the margin");
    }

    [Fact]
    public void Other_tiles_are_another_loss()
    {
        using var scope = NewDisposeScope();
        using var far = 1e30.ToScalar();
        var part = ValuedAgain(new BatchAllRule(1, ActiveOnly: true), MiningWay.Tiles, kept => kept.Distances!.fill_(far));
        (part.Active.item<double>(), part.Terms.item<double>()).Should().Be((0, 60 * 3 * 56), "all negatives are far");
    }

    [Fact]
    public void Other_rows_are_another_loss()
    {
        using var scope = NewDisposeScope();
        using var near = 0.5.ToScalar();
        var part = ValuedAgain(new BatchAllRule(1, ActiveOnly: true), MiningWay.Rows, kept => kept.Distances!.fill_(near));
        TensorNumbers.Of(part.Sums).Should().OnlyContain(sum => sum == 3 * 56, "all are as far as each other: every triplet is the margin");
    }

    [Theory]
    [InlineData("squared-L2", false)]
    [InlineData("L2", false)]
    [InlineData("angular", false)]
    [InlineData("squared-L2", true)]
    [InlineData("L2", true)]
    [InlineData("angular", true)]
    public void Close_pairs_and_references_are_kept_too(string distance, bool byRows)
    {
        using var scope = NewDisposeScope();
        var (rule, compared, way) = (new BatchAllRule(1, ActiveOnly: true), Distance.Get(distance), byRows ? MiningWay.Rows : MiningWay.Tiles);
        // Every point has a close one, mostly of another label.
        var points = SmallBatch.Points(60, 5).detach();
        var problem = new MiningProblem(Labels(), points, Labels(), points.flip(0).Times(1 + 1e-4).requires_grad_(), null);
        var coefficients = Numbers.Range(60, CPU).to_type(float64);
        var kept = new KeptMining();
        CpuKernel.TryRun(new(problem, rule, compared, Kept: kept), way);
        kept.HaveClose.Should().HaveCount(byRows ? 1 : 4).And.Contain(true);
        var again = CpuKernel.TryRun(new(problem, rule, compared, coefficients, Kept: kept), way)!;
        var expected = CpuKernel.TryRun(new(problem, rule, compared, coefficients), way)!;
        TensorNumbers.Of(again.AnchorGradient!).Should().Equal(TensorNumbers.Of(expected.AnchorGradient!)).And.Contain(number => number != 0);
        TensorNumbers.Of(again.ReferenceGradient!).Should().Equal(TensorNumbers.Of(expected.ReferenceGradient!)).And.Contain(number => number != 0);
    }

    [Fact]
    public void Rows_of_several_blocks_are_kept_too()
    {
        using var scope = NewDisposeScope();
        var points = SmallBatch.Points(1001, 40).detach();
        // A close pair: one point in the second block, one in the last, which is shorter.
        points[1000..].copy_(points[100..101].Times(1 + 1e-4));
        var problem = new MiningProblem(Numbers.Range(1001, CPU).div(tensor(501L), RoundingMode.floor).to_type(int64), points.requires_grad_(), null, null, null);
        var (rule, coefficients, kept) = (new BatchAllRule(1, ActiveOnly: true), Numbers.Range(1001, CPU).to_type(float64), new KeptMining());
        CpuKernel.TryRun(new(problem, rule, Distance.Euclidean, Kept: kept), MiningWay.Rows);
        kept.HaveClose.Should().Equal(Enumerable.Range(0, 16).Select(block => block is 1 or 15));
        var again = CpuKernel.TryRun(new(problem, rule, Distance.Euclidean, coefficients, Kept: kept), MiningWay.Rows)!;
        var expected = CpuKernel.TryRun(new(problem, rule, Distance.Euclidean, coefficients), MiningWay.Rows)!;
        TensorNumbers.Of(again.Sums).Should().Equal(TensorNumbers.Of(expected.Sums));
        TensorNumbers.Of(again.AnchorGradient!).Should().Equal(TensorNumbers.Of(expected.AnchorGradient!)).And.Contain(number => number != 0);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(2)]
    public void Labels_that_are_overwritten_before_backward_change_nothing(int classes)
    {
        using var scope = NewDisposeScope();
        var labels = Labels(classes);
        OverwriteBeforeBackward((loss, points) => loss.Call(labels, points), labels);
    }

    [Fact]
    public void Labels_and_self_indices_of_references_that_are_overwritten_before_backward_change_nothing()
    {
        using var scope = NewDisposeScope();
        var (references, labels, selfIndices) = (SmallBatch.Points(60, 5).detach(), Labels(), Numbers.Range(60, CPU));
        OverwriteBeforeBackward((loss, points) => loss.Call(Labels(), points, new ReferenceSet(labels, references, selfIndices)), labels, selfIndices);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(2)]
    public void A_second_backward_has_what_was_kept_too(int classes)
    {
        using var scope = NewDisposeScope();
        var points = SmallBatch.Points(60, 5);
        var value = new TripletBatchAllLoss(reduction: LossReduction.None).Call(Labels(classes), points).sum();
        value.backward(retain_graph: true);
        var first = TensorNumbers.Of(points.grad!);
        value.backward();
        TensorNumbers.Of(points.grad!).Should().Equal(first.Select(number => 2 * number)).And.Contain(number => number != 0);
    }

    [Fact]
    public void Of_a_large_batch_neither_columns_nor_distances_are_kept()
    {
        using var scope = NewDisposeScope();
        var kept = new KeptMining();
        kept.KeepColumns(1 << 24);
        kept.Columns.Should().HaveCount(1 << 24);
        kept.KeepColumns((1 << 24) + 1);
        kept.Columns.Should().BeNull();
        kept.KeepDistances((1 << 18) + 1, rows: 4, stride: 5);
        (kept.Distances, kept.HaveClose).Should().Be((null, null));
        kept.KeepDistances(1 << 18, rows: 4, stride: 5);
        kept.Distances!.shape.Should().Equal(1 << 18, 4, 5);
    }

    [Fact]
    public void Where_the_points_had_to_be_scaled_nothing_is_kept()
    {
        using var scope = NewDisposeScope();
        foreach (var way in new[] { MiningWay.Tiles, MiningWay.Rows })
        {
            var kept = new KeptMining();
            foreach (var rule in new MiningRule[] { new SemiHardRule(1), new BatchAllRule(1, ActiveOnly: true) })
                CpuKernel.TryRun(new(new MiningProblem(Labels(), SmallBatch.Points(60, 5).Times(1e20), null, null, null), rule, Distance.SquaredEuclidean, Kept: kept), way);
            (kept.Positives, kept.Columns, kept.Distances).Should().Be((null, null, null));
        }
    }

    // Mines, changes what was kept, and values the batch by that.
    private static LossPart ValuedAgain(MiningRule rule, MiningWay way, Action<KeptMining> change)
    {
        var (problem, kept) = (new MiningProblem(Labels(), SmallBatch.Points(60, 5), null, null, null), new KeptMining());
        CpuKernel.TryRun(new(problem, rule, Distance.SquaredEuclidean, Kept: kept), way);
        change(kept);
        return CpuKernel.TryRun(new(problem, rule, Distance.SquaredEuclidean, Kept: kept), way)!;
    }

    private static void OverwriteBeforeBackward(Func<Loss, Tensor, Tensor> call, params Tensor[] given)
    {
        var (loss, points) = (new TripletBatchAllLoss(reduction: LossReduction.None), SmallBatch.Points(60, 5));
        call(loss, points).sum().backward();
        var expected = TensorNumbers.Of(points.grad!);
        points.grad!.zero_();
        var value = call(loss, points).sum();
        foreach (var tensor in given)
            tensor.bytes.Clear();
        value.backward();
        TensorNumbers.Of(points.grad!).Should().Equal(expected).And.Contain(number => number != 0);
    }

    private static MiningWay[] Ways(MiningRule rule) => rule is HardRule ? [MiningWay.Tiles] : [MiningWay.Tiles, MiningWay.Rows];

    private static Tensor Labels(int classes = 15) => tensor([.. Enumerable.Range(0, 60).Select(i => (long)(i % classes))]);
}
