using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Retrieval metrics over ranks, and merged reports, against one process with all samples.</summary>
public class GlobalRetrievalTests
{
    private static readonly int[] CutOffs = [1, 3];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void The_figures_are_those_of_all_samples(int ranks)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            using var scope = NewDisposeScope();
            var (labels, points, borders) = Draw(seed, ranks, 41);
            var (galleryLabels, gallery, galleryBorders) = Draw(seed + 100, ranks, 30);
            var distance = seed % 2 == 0 ? Distance.SquaredEuclidean : Distance.Cosine;
            var (alone, found) = (
                RetrievalMetrics.LeaveOneOut(labels, points, distance, cutOffs: CutOffs, cancellationToken: TestContext.Current.CancellationToken), RetrievalMetrics.QueryAgainstGallery(labels, points, galleryLabels, gallery, distance, cutOffs: CutOffs, cancellationToken: TestContext.Current.CancellationToken));
            ThreadGroup.Run(ranks, group =>
            {
                using var inner = NewDisposeScope();
                var (own, ownLabels) = (Own(points, borders), Own(labels, borders));
                Compare(RetrievalMetrics.LeaveOneOut(ownLabels, own, group, distance, CutOffs), alone);
                Compare(RetrievalMetrics.QueryAgainstGallery(ownLabels, own, Own(galleryLabels, galleryBorders), Own(gallery, galleryBorders), group, distance, CutOffs), found);

                Tensor Own(Tensor rows, int[] places) => rows.narrow(0, places[group.Rank], places[group.Rank + 1] - places[group.Rank]);
            });
        }
    }

    [Fact]
    public void Where_nothing_matches_every_rank_says_why() => ThreadGroup.Run(3, group =>
    {
        var report = RetrievalMetrics.LeaveOneOut(Arithmetic.Count(2).add(tensor(2L * group.Rank), Numbers.WholeOne), SmallBatch.Points(2, 3).detach(), group);
        (report.Queries, report.QueriesWithoutMatch, report.References).Should().Be((6, 6, 5));
        report.MeanAveragePrecision.Should().Be(double.NaN);
        report.Warning.Should().Be("none of the 6 samples has a match: no label occurs twice in labels.");
        var (one, none) = (SmallBatch.Points(1, 3).detach(), SmallBatch.Points(0, 3).detach());
        var found = RetrievalMetrics.QueryAgainstGallery(tensor(new long[] { 1 }), one, zeros(group.Rank, int64), SmallBatch.Points(group.Rank, 3).detach(), group);
        (found.Queries, found.References, found.Warning).Should().Be((3, 3, "none of the 3 queries has a match: no label of queryLabels occurs among the 3 of galleryLabels."));
        RetrievalMetrics.LeaveOneOut(zeros(0, int64), none, group).ToString().Should().Be(RetrievalMetrics.LeaveOneOut(zeros(0, int64), none).ToString());
    });

    [Fact]
    public void Other_distances_or_cut_offs_are_a_disagreement() => ThreadGroup.Run(2, group =>
    {
        var (labels, points) = (SmallBatch.Labels(), SmallBatch.Points(6, 3).detach());
        bool isOdd = group.Rank == 1;
        Assert.Throws<InvalidOperationException>(() => RetrievalMetrics.LeaveOneOut(labels, points, group, isOdd ? Distance.Cosine : null))
            .Message.Should().Contain("on rank 0; ").And.Contain("on rank 1");
        Assert.Throws<InvalidOperationException>(() => RetrievalMetrics.LeaveOneOut(labels, points, group, cutOffs: isOdd ? CutOffs : [1, 2]))
            .Message.Should().Contain("at 1, 2 on rank 0; ").And.Contain("at 1, 3 on rank 1");
        Assert.Throws<ArgumentException>(() => RetrievalMetrics.LeaveOneOut(labels, points, group, cutOffs: [0])).Message.Should().StartWith("cutOffs must be at least 1, got 0");
    });

    [Fact]
    public void A_fault_on_one_rank_is_told_to_all() => ThreadGroup.Run(3, group =>
    {
        var points = SmallBatch.Points(group.Rank == 1 ? 5 : 6, 3).detach();
        var failure = Assert.ThrowsAny<Exception>(() => RetrievalMetrics.LeaveOneOut(SmallBatch.Labels(), points, group));
        failure.Message.Should().Contain(group.Rank == 1 ? "one row per sample" : "failed on rank 1, not here");
        RetrievalMetrics.LeaveOneOut(SmallBatch.Labels(), SmallBatch.Points(6, 3).detach(), group).Queries.Should().Be(18);
    });

    [Fact]
    public void Reports_that_do_not_belong_together_are_refused()
    {
        var report = RetrievalMetrics.LeaveOneOut(SmallBatch.Labels(), SmallBatch.Points(6, 3), cancellationToken: TestContext.Current.CancellationToken);
        var smaller = RetrievalMetrics.LeaveOneOut(SmallBatch.Labels().narrow(0, 0, 5), SmallBatch.Points(5, 3), cancellationToken: TestContext.Current.CancellationToken);
        var other = RetrievalMetrics.LeaveOneOut(SmallBatch.Labels(), SmallBatch.Points(6, 3), cutOffs: CutOffs, cancellationToken: TestContext.Current.CancellationToken);
        new Action(() => RetrievalReport.Merge([])).Should().Throw<ArgumentException>().WithMessage("*at least one*");
        new Action(() => RetrievalReport.Merge([report, smaller])).Should().Throw<ArgumentException>().WithMessage("*against 5 and some against 4*");
        new Action(() => RetrievalReport.Merge([report, other])).Should().Throw<ArgumentException>().WithMessage("*cut-offs*");
    }

    private static void Compare(RetrievalReport report, RetrievalReport expected)
    {
        report.ToString().Should().Be(expected.ToString());
        report.QueryScores.Should().Equal(expected.QueryScores);
        foreach (int k in CutOffs)
        {
            report.At(k).Ndcg.Should().BeApproximately(expected.At(k).Ndcg, 1e-12);
            report.At(k).Recall.Should().BeApproximately(expected.At(k).Recall, 1e-12);
        }
    }

    private static (Tensor Labels, Tensor Points, int[] Borders) Draw(int seed, int ranks, int count)
    {
        var random = new Random(seed);
        long[] labels = [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(9))];
        int[] borders = [0, .. Enumerable.Range(1, ranks - 1).Select(_ => random.Next(count + 1)).Order(), count];
        return (tensor(labels), SmallBatch.Points(count, 5, seed: seed).detach(), borders);
    }
}
