using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>What a call over several ranks costs, leaves behind, and does for losses that mine nothing.</summary>
public class GlobalLossTests
{
    private const int Dim = 16;

    [Fact]
    public void A_step_moves_labels_embeddings_and_gradients_and_a_few_numbers()
    {
        const int rows = 50, ranks = 4;
        ThreadGroup.Run(ranks, inner =>
        {
            using var scope = NewDisposeScope();
            var group = new CountingGroup(inner);
            var points = SmallBatch.Points(rows, Dim, seed: group.Rank);
            new TripletSemiHardLoss().Call(SmallBatch.Points(rows, 1, seed: 1).squeeze(1).detach().to_type(int64), points, group).backward();
            // 4 · B · d gathered and as many scattered, 8 · B of labels, and a few numbers a rank.
            const long all = ranks * rows, model = (4 * all * Dim) + (4 * all * Dim) + (8 * all);
            group.Bytes.Should().BeInRange(model, model + (128 * ranks));
            group.Operations.Should().Equal("AllGather", "AllGatherRows", "AllGatherRows", "AllGather", "ReduceScatterRows");
        });
    }

    [Fact]
    public void Half_types_move_half_the_bytes_and_validation_no_gradient() => ThreadGroup.Run(3, inner =>
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var group = new CountingGroup(inner);
        new TripletHardLoss().Call(SmallBatch.Labels(), SmallBatch.Points(6, Dim, ScalarType.BFloat16), group).requires_grad.Should().BeFalse();
        const long all = 3 * 6, model = (2 * all * Dim) + (8 * all);
        group.Bytes.Should().BeInRange(model, model + (128 * 3));
    });

    [Fact]
    public void A_rank_without_gradient_has_a_part_in_that_of_the_others()
    {
        var (labels, points) = (SmallBatch.Labels(), SmallBatch.Points(6, 3));
        var loss = new TripletSemiHardLoss();
        var gradients = new double[3][];
        ThreadGroup.Run(3, group =>
        {
            using var scope = NewDisposeScope();
            var own = points.detach().narrow(0, 2 * group.Rank, 2).requires_grad_(group.Rank != 1);
            var value = loss.Call(labels.narrow(0, 2 * group.Rank, 2), own, group);
            value.requires_grad.Should().Be(group.Rank != 1);
            if (value.requires_grad)
                value.backward();
            gradients[group.Rank] = TensorNumbers.GradientOf(own);
        });
        loss.Call(labels, points).backward();
        double[] expected = TensorNumbers.GradientOf(points);
        for (int i = 0; i < expected.Length; i++)
            gradients[i / 6][i % 6].Should().BeApproximately(i / 6 == 1 ? 0 : expected[i], 1e-5);
    }

    [Fact]
    public void Nothing_but_the_value_is_left() => ThreadGroup.Run(3, group =>
    {
        using var labels = SmallBatch.Labels();
        using var points = SmallBatch.Embeddings();
        foreach (var loss in SmallBatch.Losses().Append(new NormOfRows()))
        {
            long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            using var value = loss.Call(labels, points, group);
            (DisposeScopeManager.Statistics.ThreadTotalLiveCount - before).Should().Be(1, "of {0}", loss.Name);
        }
    });

    [Fact]
    public void A_tie_across_ranks_goes_to_the_lowest_row_of_all()
    {
        // Rows 4 and 5 are one point and of one class; the others, on all ranks, are as far from it.
        double[][] points = [[3, 0], [0, 3], [-3, 0], [0, -3], [0, 0], [0, 0]];
        long[] labels = [1, 1, 1, 1, 0, 0];
        foreach (var loss in new Loss[] { new TripletHardLoss(margin: 100, reduction: LossReduction.Sum), new TripletSemiHardLoss(margin: 100, reduction: LossReduction.Sum) })
        {
            var gradients = new double[3][];
            ThreadGroup.Run(3, group =>
            {
                using var scope = NewDisposeScope();
                var own = TensorNumbers.ToTensor([.. points.Skip(2 * group.Rank).Take(2).SelectMany(row => row)], 2, 2).to_type(float32).requires_grad_();
                new GlobalBatch(loss, new(tensor(labels[(2 * group.Rank)..(2 * group.Rank + 2)]), own), group).Evaluate(share: true).backward();
                gradients[group.Rank] = TensorNumbers.GradientOf(own);
            });
            using var all = TensorNumbers.ToTensor([.. points.SelectMany(row => row)], 6, 2).to_type(float32).requires_grad_();
            loss.Call(tensor(labels), all).backward();
            gradients.SelectMany(gradient => gradient).Should().Equal(TensorNumbers.GradientOf(all), loss.Name);
        }
    }

    [Fact]
    public void Any_other_loss_is_that_of_all_rows_too()
    {
        var (labels, points) = (SmallBatch.Labels(), SmallBatch.Points(6, 3));
        var triplets = tensor(new long[,] { { 0, 1, 2 }, { 2, 0, 1 }, { 1, 2, 0 } });
        var (norm, given) = (new NormOfRows(), new ExplicitTripletLoss(soft: true));
        var (norms, givens) = (new double[3], new double[3]);
        ThreadGroup.Run(3, group =>
        {
            using var scope = NewDisposeScope();
            var own = points.detach().narrow(0, group.Rank == 0 ? 0 : 3, group.Rank == 1 ? 0 : 3).requires_grad_();
            var count = own.shape[0];
            norms[group.Rank] = norm.Call(labels.narrow(0, 0, count), own, group).item<float>();
            givens[group.Rank] = given.Call(triplets.narrow(0, 0, count), own, group).item<float>();
        });
        norms.Should().AllSatisfy(value => value.Should().BeApproximately(norm.Call(labels, points).item<float>(), 1e-6));
        // The triplets' rows are those of their own rank: the second three rows on rank 2.
        var shifted = cat([triplets, triplets.add(tensor(3L), Numbers.WholeOne)]);
        givens.Should().AllSatisfy(value => value.Should().BeApproximately(given.Call(shifted, points).item<float>(), 1e-6));
    }

    [Fact]
    public void A_report_is_on_all_samples()
    {
        var (labels, points) = (SmallBatch.Labels(), SmallBatch.Points(6, 3));
        foreach (var loss in SmallBatch.Losses())
        {
            string expected = loss.Inspect(labels, points).ToString();
            ThreadGroup.Run(3, group =>
                loss.Inspect(labels.narrow(0, 2 * group.Rank, 2), points.narrow(0, 2 * group.Rank, 2), group).ToString().Should().Be(expected));
        }
    }

    private sealed class NormOfRows() : Loss(LossReduction.SumOverBatchSize, null)
    {
        protected override Tensor PerAnchor(LossInput input) => input.Embeddings.mul(input.Embeddings).sum(1);
    }
}
