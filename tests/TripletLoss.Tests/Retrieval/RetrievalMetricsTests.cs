using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

public class RetrievalMetricsTests
{
    private static readonly long[] Labels = [.. Enumerable.Range(0, 120).Select(i => (long)(i % 9))];

    [Fact]
    public void TheExampleOfTheDocumentationHolds()
    {
        using var scope = NewDisposeScope();
        var report = RetrievalMetrics.LeaveOneOut(tensor(new long[] { 0, 0, 1, 1 }), tensor(new float[,] { { 0 }, { 1 }, { 3 }, { 4 } }));
        report.RecallAt(1).Should().Be(1);
        report.MeanAveragePrecisionAtR.Should().Be(1);
    }

    [Fact]
    public void ByHand()
    {
        // The query's references by distance: another class, a match, another class, a match.
        using var scope = NewDisposeScope();
        var report = RetrievalMetrics.QueryAgainstGallery(
            tensor(new long[] { 7, 5 }), zeros(2, 1), tensor(new long[] { 7, 3, 7, 3 }), tensor(new float[,] { { 2 }, { 1 }, { 4 }, { 3 } }));
        report.Queries.Should().Be(2);
        report.QueriesWithoutMatch.Should().Be(1);
        report.References.Should().Be(4);
        report.PrecisionAt1.Should().Be(0);
        report.RPrecision.Should().Be(1 / 2.0);
        report.MeanAveragePrecisionAtR.Should().Be(1 / 4.0);
        report.MeanAveragePrecision.Should().Be((1 / 2.0 + 2 / 4.0) / 2);
        report.MeanReciprocalRank.Should().Be(1 / 2.0);
        report.RecallAt(1).Should().Be(0);
        report.RecallAt(2).Should().Be(1 / 2.0, "a query without a match counts as a miss of the recall");
        report.RecallAt(int.MaxValue).Should().Be(1 / 2.0);
        report.ToString().ReplaceLineEndings("\n").Should().Be("""
            queries                          2
            queries without a match          1
            references                       4
            precision@1                 0.0000
            R-precision                 0.5000
            MAP@R                       0.2500
            mean average precision      0.5000
            mean reciprocal rank        0.5000
            recall@1                    0.0000
            recall@2                    0.5000
            recall@4                    0.5000
            recall@8                    0.5000
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void EqualDistancesAreRankedInTheOrderOfTheReferences()
    {
        using var scope = NewDisposeScope();
        foreach (var distance in (Distance[])[Distance.SquaredEuclidean, Distance.Euclidean, Distance.Cosine])
        {
            var report = RetrievalMetrics.QueryAgainstGallery(
                tensor(new long[] { 1, 2, 3 }), ones(3, 4), tensor(new long[] { 1, 2, 3, 2 }), ones(4, 4).Times(2), distance);
            report.MeanReciprocalRank.Should().BeApproximately((1 + 1 / 2.0 + 1 / 3.0) / 3, 1e-15);
            report.MeanAveragePrecision.Should().BeApproximately((1 + (1 / 2.0 + 2 / 4.0) / 2 + 1 / 3.0) / 3, 1e-15);
        }
    }

    [Fact]
    public void OfACollapsedNetworkTheFiguresAreThoseOfTheOrder()
    {
        using var scope = NewDisposeScope();
        RetrievalMetrics.LeaveOneOut(tensor(new long[] { 0, 0, 1, 1 }), ones(4, 3)).MeanAveragePrecisionAtR.Should().Be(0.5);
        RetrievalMetrics.LeaveOneOut(tensor(new long[] { 0, 1, 0, 1 }), ones(4, 3)).MeanAveragePrecisionAtR.Should().Be(0.25);
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void AZeroVectorIsAtCosineDistanceOneOfEverything(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var gallery = tensor(new float[,] { { -1, 0 }, { 0, 0 }, { 1, 2 }, { 9, 0 }, { 0, 0 } }).to_type(type);
        // From the first query 2, 1, 0.55, 0 and 1; from the zero vector 1 to all.
        foreach (var (match, first, ofZero) in new[] { (0, 5, 1), (1, 3, 2), (2, 2, 3), (3, 1, 4), (4, 4, 5) })
        {
            var galleryLabels = zeros(5, int64);
            galleryLabels[match] = tensor(1L);
            var report = RetrievalMetrics.QueryAgainstGallery(
                ones(1, int64), tensor(new float[,] { { 3, 0 } }).to_type(type), galleryLabels, gallery, Distance.Cosine);
            report.MeanReciprocalRank.Should().Be(1.0 / first);
            report = RetrievalMetrics.QueryAgainstGallery(ones(1, int64), zeros(1, 2, type), galleryLabels, gallery, Distance.Cosine);
            report.MeanReciprocalRank.Should().Be(1.0 / ofZero);
        }
    }

    [Fact]
    public void WhereNobodyHasAMatchTheFiguresAreNaNAndTheReportSaysWhy()
    {
        using var scope = NewDisposeScope();
        var (labels, none) = (tensor(new long[] { 0, 1, 2, 3 }), (zeros(0, int64), rand(0, 2)));
        Nobody(RetrievalMetrics.LeaveOneOut(labels, rand(4, 2)), 4, "none of the 4 samples has a match: no label occurs twice in labels.");
        Nobody(RetrievalMetrics.LeaveOneOut(none.Item1, none.Item2), 0, "none of the 0 samples has a match: no label occurs twice in labels.");
        Nobody(RetrievalMetrics.QueryAgainstGallery(labels, rand(4, 2), tensor(new long[] { 4, 5 }), rand(2, 2)), 4,
            "none of the 4 queries has a match: no label of queryLabels occurs among the 2 of galleryLabels.");
        Nobody(RetrievalMetrics.QueryAgainstGallery(labels, rand(4, 2), none.Item1, none.Item2), 4, "none of the 4 queries has a match*");
        Nobody(RetrievalMetrics.QueryAgainstGallery(none.Item1, none.Item2, labels, rand(4, 2)), 0, "none of the 0 queries has a match*");
        Nobody(RetrievalMetrics.QueryAgainstGallery(labels, rand(4, 2), labels, rand(4, 2), selfIndices: labels), 4, "*except as the queries' own copies.");
        Nobody(RetrievalMetrics.LeaveOneOut(zeros(4, int64), rand(4, 2), ignore: ones(4, int64)), 4, "*except in ignored pairs.");

        static void Nobody(RetrievalReport report, int queries, string why)
        {
            report.Warning.Should().Match(why);
            (report.Queries, report.QueriesWithoutMatch).Should().Be((queries, queries));
            double[] figures = [report.PrecisionAt1, report.RPrecision, report.MeanAveragePrecisionAtR, report.MeanAveragePrecision, report.MeanReciprocalRank,
                report.RecallAt(1), report.At(5).Precision, report.At(5).Recall, report.At(5).MeanAveragePrecision, report.At(5).MeanReciprocalRank, report.At(5).Ndcg];
            figures.Should().OnlyContain(figure => double.IsNaN(figure));
            report.QueryScores.Should().BeEmpty();
            report.ClassScores.Should().BeEmpty();
            report.ToString().Should().Contain("NaN").And.EndWith(report.Warning);
        }
    }

    [Fact]
    public void AQueryInItsOwnGalleryFindsOnlyOthers()
    {
        using var scope = NewDisposeScope();
        var (labels, embeddings) = (tensor(new long[] { 0, 0, 1, 1 }), tensor(new float[,] { { 0 }, { 2 }, { 1 }, { 3 } }));
        RetrievalMetrics.QueryAgainstGallery(labels, embeddings, labels, embeddings).RecallAt(1).Should().Be(1, "each finds itself");
        var report = RetrievalMetrics.QueryAgainstGallery(labels, embeddings, labels, embeddings, selfIndices: tensor(new long[] { 0, 1, 2, 3 }));
        report.ToString().Should().Be(RetrievalMetrics.LeaveOneOut(labels, embeddings).ToString().Replace("references                       3", "references                       4"));
        report.RecallAt(1).Should().Be(0);
    }

    [Fact]
    public void FiguresAtACutOffByHand()
    {
        // Matches at ranks 2 and 4 of 4.
        using var scope = NewDisposeScope();
        var report = RetrievalMetrics.QueryAgainstGallery(
            tensor(new long[] { 7 }), zeros(1, 1), tensor(new long[] { 7, 3, 7, 3 }), tensor(new float[,] { { 2 }, { 1 }, { 4 }, { 3 } }), cutOffs: [1, 3]);
        report.At(1).Should().Be(new CutOffMetrics(1, 0, 0, 0, 0, 0));
        var figures = report.At(3);
        figures.Precision.Should().Be(1 / 3.0);
        figures.Recall.Should().Be(1 / 2.0);
        figures.MeanAveragePrecision.Should().Be(1 / 4.0);
        figures.MeanReciprocalRank.Should().Be(1 / 2.0);
        figures.Ndcg.Should().BeApproximately(1 / Math.Log2(3) / (1 + 1 / Math.Log2(3)), 1e-15);
        report.QueryScores.Should().Equal(new QueryScore(0, 7, 2, 2, 1 / 2.0, 1 / 4.0, 1 / 2.0));
        report.ClassScores.Should().Equal(new ClassScore(7, 1, 0, 1 / 2.0, 1 / 4.0, 1 / 2.0, 1 / 2.0));
    }

    [Theory]
    [InlineData(1000.0, 1.0)]
    [InlineData(-1000.0, 1.0)]
    [InlineData(1e6, 100.0)]
    public void ACommonOffsetDoesNotMatter(double offset, double spread)
    {
        using var scope = NewDisposeScope();
        var embeddings = Random(120, 16).Times(spread).Plus(offset).to_type(ScalarType.Float32);
        Exact(embeddings).LeaveOneOut().ShouldAgree(RetrievalMetrics.LeaveOneOut(tensor(Labels), embeddings), 1e-12);
    }

    [Fact]
    public void TightClumpsAreRankedByDifferences()
    {
        // Ten clumps a million times as wide apart as their points: of the product nothing but rounding is left within them.
        using var scope = NewDisposeScope();
        var clumps = Random(10, 16).repeat(12, 1);
        var embeddings = clumps.Plus(Random(120, 16).Times(1e-5)).to_type(ScalarType.Float32);
        Exact(embeddings).LeaveOneOut().ShouldAgree(RetrievalMetrics.LeaveOneOut(tensor(Labels), embeddings), 1e-12);
    }

    [Theory]
    [InlineData(1e-30, ScalarType.Float32)]
    [InlineData(1e30, ScalarType.Float32)]
    [InlineData(1e-140, ScalarType.Float64)]
    [InlineData(1e-300, ScalarType.Float64)]
    [InlineData(1e300, ScalarType.Float64)]
    public void SquaresNeitherVanishNorOverflow(double size, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var embeddings = Random(120, 16).Times(size).to_type(type);
        foreach (var distance in (Distance[])[Distance.SquaredEuclidean, Distance.Cosine])
        {
            Exact(embeddings.to_type(ScalarType.Float64).Times(1 / size)).LeaveOneOut(cosine: distance == Distance.Cosine)
                .ShouldAgree(RetrievalMetrics.LeaveOneOut(tensor(Labels), embeddings, distance), 1e-4);
        }
    }

    [Fact]
    public void AnyStridesAndLabelTypesGiveTheSame()
    {
        using var scope = NewDisposeScope();
        var embeddings = Random(120, 16);
        string expected = RetrievalMetrics.LeaveOneOut(tensor(Labels), embeddings).ToString();
        var transposed = embeddings.t().contiguous().t();
        var everyOther = stack([embeddings, zeros_like(embeddings)], 2).select(2, 0);
        foreach (var strided in (Tensor[])[transposed, everyOther, embeddings.clone().requires_grad_()])
        {
            foreach (var type in (ScalarType[])[ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32])
                RetrievalMetrics.LeaveOneOut(tensor(Labels).to_type(type).unsqueeze(1), strided).ToString().Should().Be(expected);
        }
    }

    [Fact]
    public void OneThreadAndManyGiveTheSameBits()
    {
        using var scope = NewDisposeScope();
        var embeddings = Random(120, 16).to_type(ScalarType.Float32);
        double expected = RetrievalMetrics.LeaveOneOut(tensor(Labels), embeddings).MeanAveragePrecision;
        for (int i = 0; i < 50; i++)
            RetrievalMetrics.LeaveOneOut(tensor(Labels), embeddings).MeanAveragePrecision.Should().Be(expected);
    }

    [Fact]
    public void NoTensorIsLeftBehindAndNoneOfTheCallersDisposed()
    {
        using var scope = NewDisposeScope();
        var (labels, embeddings) = (tensor(Labels), Random(120, 16));
        var custom = Distance.Create((x, y) => cdist(x, y, p: 1));
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (int i = 0; i < 100; i++)
        {
            RetrievalMetrics.LeaveOneOut(labels, embeddings);
            RetrievalMetrics.QueryAgainstGallery(labels, embeddings, labels, embeddings, custom);
            var swapped = () => RetrievalMetrics.LeaveOneOut(embeddings, labels);
            swapped.Should().Throw<ArgumentException>();
        }
        DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount.Should().Be(before);
        embeddings.sum().item<double>().Should().NotBe(0);
    }

    [Fact]
    public void ProgressGrowsToOneAndTilesStaySmall()
    {
        using var scope = NewDisposeScope();
        long largest = 0;
        var custom = Distance.Create((x, y) =>
        {
            largest = Math.Max(largest, x.shape[0] * y.shape[0]);
            return x.matmul(y.t());
        });
        var progress = new Collected();
        RetrievalMetrics.LeaveOneOut(Arithmetic.Cycle(5000, 7), rand(5000, 2), custom, progress: progress);
        largest.Should().BeInRange(1 << 20, 1 << 22);
        progress.Shares.Should().HaveCountGreaterThan(3).And.BeInAscendingOrder().And.OnlyHaveUniqueItems();
        progress.Shares[^1].Should().Be(1);
    }

    [Fact]
    public void ItCanBeCancelledBetweenTiles()
    {
        using var scope = NewDisposeScope();
        using var source = new CancellationTokenSource();
        var (labels, embeddings) = (zeros(3000, int64), rand(3000, 1));
        var progress = new Collected { Told = source.Cancel };
        var cancelled = () => RetrievalMetrics.LeaveOneOut(labels, embeddings, progress: progress, cancellationToken: source.Token);
        cancelled.Should().Throw<OperationCanceledException>();
        progress.Shares.Should().ContainSingle("the first tile was done");
    }

    private static Tensor Random(long rows, long columns)
    {
        var random = new Random((int)(rows * columns));
        return tensor(Enumerable.Range(0, (int)(rows * columns)).Select(_ => random.NextDouble() - random.NextDouble()).ToArray()).reshape(rows, columns);
    }

    private static RetrievalCase Exact(Tensor embeddings) => new(
        Labels, (int)embeddings.shape[1], embeddings.to_type(ScalarType.Float64).reshape(-1).data<double>().ToArray(), OnGrid: false);

    private sealed class Collected : IProgress<double>
    {
        public List<double> Shares { get; } = [];

        public Action Told { get; init; } = () => { };

        public void Report(double value)
        {
            Shares.Add(value);
            Told();
        }
    }
}
