using FsCheck.Xunit;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The metrics against sorting every row in plain C#, on random cases.</summary>
[Properties(Arbitrary = [typeof(RetrievalCases)], MaxTest = 150)]
public class RetrievalPropertyTests
{
    [Property]
    public void LeaveOneOutIsTheNaiveOne(RetrievalCase @case)
    {
        if (!@case.SomebodyHasAMatch)
            return;
        using var scope = NewDisposeScope();
        var report = RetrievalMetrics.LeaveOneOut(@case.LabelTensor, @case.Embeddings());
        @case.LeaveOneOut().ShouldAgree(report, 1e-12);
        report.Queries.Should().Be(@case.Labels.Length);
        report.References.Should().Be(@case.Labels.Length - 1);
    }

    [Property]
    public void QueryAgainstGalleryIsTheNaiveOne(RetrievalCase @case)
    {
        int split = @case.Labels.Length / 3;
        if (!@case.Labels[..split].Intersect(@case.Labels[split..]).Any())
            return;
        using var scope = NewDisposeScope();
        var (labels, embeddings) = (@case.LabelTensor, @case.Embeddings());
        var report = RetrievalMetrics.QueryAgainstGallery(
            labels.narrow(0, 0, split), embeddings.narrow(0, 0, split),
            labels.narrow(0, split, @case.Labels.Length - split), embeddings.narrow(0, split, @case.Labels.Length - split));
        @case.QueryAgainstGallery(split).ShouldAgree(report, 1e-12);
    }

    [Property]
    public void OnAGridEveryTypeAndEveryWayAgreeExactly(RetrievalCase @case)
    {
        if (!@case.SomebodyHasAMatch || !@case.OnGrid)
            return;
        using var scope = NewDisposeScope();
        var expected = @case.LeaveOneOut();
        foreach (var type in (ScalarType[])[ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32])
            expected.ShouldAgree(RetrievalMetrics.LeaveOneOut(@case.LabelTensor, @case.Embeddings(type)), 1e-12);
        var custom = Distance.Create((x, y) => (x.unsqueeze(1) - y.unsqueeze(0)).Squared().sum(2).Plus(-1000));
        expected.ShouldAgree(RetrievalMetrics.LeaveOneOut(@case.LabelTensor, @case.Embeddings(ScalarType.Float32), custom), 1e-12);
        expected.ShouldAgree(RetrievalMetrics.LeaveOneOut(@case.LabelTensor, @case.Embeddings(), custom), 1e-12);
    }

    [Property]
    public void InfiniteDistancesAreTiesAtTheEnd(RetrievalCase @case)
    {
        if (!@case.SomebodyHasAMatch || !@case.OnGrid)
            return;
        using var scope = NewDisposeScope();
        var farAway = Distance.Create((x, y) =>
        {
            var sums = (x.unsqueeze(1) - y.unsqueeze(0)).abs().sum(2);
            return sums.masked_fill(sums.gt(tensor((double)@case.Dim)), Numbers.Infinity);
        });
        double Expected(int first, int second)
        {
            double sum = Enumerable.Range(0, @case.Dim).Sum(i => Math.Abs(@case.Points[first * @case.Dim + i] - @case.Points[second * @case.Dim + i]));
            return sum > @case.Dim ? double.PositiveInfinity : sum;
        }
        new NaiveRetrieval(@case.Labels, @case.Labels, Expected, (query, reference) => query == reference)
            .ShouldAgree(RetrievalMetrics.LeaveOneOut(@case.LabelTensor, @case.Embeddings(), farAway), 1e-12);
    }

    [Property]
    public void OfTheCosineTheOrderIsTheNaiveOne(RetrievalCase @case)
    {
        if (!@case.SomebodyHasAMatch || @case.OnGrid || @case.Dim == 1)
            return;
        using var scope = NewDisposeScope();
        var expected = @case.LeaveOneOut(cosine: true);
        expected.ShouldAgree(RetrievalMetrics.LeaveOneOut(@case.LabelTensor, @case.Embeddings(), Distance.Cosine), 1e-12);
    }

    [Property]
    public void EveryTypeIsRankedAsFloat64Would(RetrievalCase @case)
    {
        if (!@case.SomebodyHasAMatch)
            return;
        using var scope = NewDisposeScope();
        foreach (var type in (ScalarType[])[ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32])
        {
            var rounded = @case.Embeddings(type);
            var exact = @case with { Points = rounded.to_type(ScalarType.Float64).reshape(-1).data<double>().ToArray() };
            exact.LeaveOneOut().ShouldAgree(RetrievalMetrics.LeaveOneOut(@case.LabelTensor, rounded), 1e-12);
        }
    }

    [Property]
    public void CutOffsScoresAndIgnoredPairsAreTheNaiveOnes(RetrievalCase @case, int seed)
    {
        var random = new Random(seed);
        int count = @case.Labels.Length;
        long[] groups = [.. @case.Labels.Select(_ => (long)random.Next(3))];
        long[] selves = [.. Enumerable.Range(0, count).Select(query => random.Next(2) == 0 ? query : -1L)];
        var distance = @case.Distance(cosine: false);
        var expected = new NaiveRetrieval(@case.Labels, @case.Labels, distance, (query, reference) =>
            selves[query] == reference || (@case.Labels[query] == @case.Labels[reference] && groups[query] == groups[reference]));
        if (expected.QueriesWithoutMatch == count)
            return;
        using var scope = NewDisposeScope();
        var (labels, embeddings) = (@case.LabelTensor, @case.Embeddings());
        var report = RetrievalMetrics.QueryAgainstGallery(
            labels, embeddings, labels, embeddings, selfIndices: tensor(selves), ignore: (tensor(groups), tensor(groups)), cutOffs: [1, 3, 7, 300]);
        expected.ShouldAgree(report, 1e-12);
        foreach (int k in (int[])[1, 3, 7, 300])
            expected.ShouldAgree(report.At(k), 1e-12);
        report.QueryScores.Select(score => (score.Query, score.FirstRank)).Should().Equal(expected.WorstFirst.Select(score => (score.Query, score.FirstRank)));
        report.QueryScores.Should().OnlyContain(score => score.Label == @case.Labels[score.Query]);
        report.ClassScores.Select(score => score.MeanAveragePrecision).Should().BeInAscendingOrder();
        report.ClassScores.Sum(score => score.Queries).Should().Be(count - expected.QueriesWithoutMatch);
        foreach (var score in report.ClassScores)
            score.MeanAveragePrecision.Should().BeApproximately(expected.MeanAveragePrecisionOf(score.Label), 1e-12);
    }
}
