using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

public sealed class TripletReportTests
{
    private const double Margin = 2.5;

    public static TheoryData<string, string> LossesAndDistances()
    {
        var data = new TheoryData<string, string>();
        foreach (var loss in new[] { "semi-hard", "hard", "soft", "all" })
        {
            data.Add(loss, "squared-L2");
            data.Add(loss, "L2");
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(LossesAndDistances))]
    public void Says_what_plain_loops_find(string kind, string distance)
    {
        foreach (var (seed, count, classes) in new[] { (1, 2, 1), (2, 5, 5), (3, 12, 2), (4, 40, 7), (5, 60, 25), (6, 30, 1) })
        {
            using var scope = NewDisposeScope();
            var batch = ReportBatch.Random(seed, count, classes);
            var report = Loss(kind, distance).Inspect(batch.LabelTensor(), batch.PointTensor());
            AssertEqual(report, Found(batch.Oracle(distance), kind), batch);
        }
    }

    [Theory]
    [InlineData("squared-L2")]
    [InlineData("L2")]
    public void Knows_how_far_the_points_are_from_their_median(string distance)
    {
        using var scope = NewDisposeScope();
        var batch = ReportBatch.Random(9, 41, 7);
        double[] middle = [.. batch.Points[0].Select((_, k) => batch.Points.Select(point => point[k]).Order().ElementAt(20))];
        var squares = batch.Points.Select(point => point.Zip(middle, (x, y) => (x - y) * (x - y)).Sum());
        var report = Loss("semi-hard", distance).Inspect(batch.LabelTensor(), batch.PointTensor());
        AssertEqual(report.DistancesFromCentre, [.. squares.Select(square => distance == "L2" ? Math.Sqrt(square) : square)]);
    }

    [Theory]
    [InlineData(ScalarType.Float32, 0)]
    [InlineData(ScalarType.Float32, 100)]
    [InlineData(ScalarType.Float32, -140)]
    [InlineData(ScalarType.Float64, 900)]
    [InlineData(ScalarType.Float64, -1060)]
    public void Knows_norms_and_cosine_distances_of_vectors_of_any_length(ScalarType type, int exponent)
    {
        // More and fewer coordinates than a vector register has, and zero vectors among the few.
        foreach (var dimensions in new[] { 2, 5, 19 })
        {
            using var scope = NewDisposeScope();
            var batch = ReportBatch.Random(dimensions, 40, 7, dimensions, grid: 3);
            var scaled = new ReportBatch(batch.Labels, [.. batch.Points.Select(point => point.Select(x => Math.ScaleB(x, exponent)).ToArray())]);
            var report = Loss("all", "angular").Inspect(batch.LabelTensor(), scaled.PointTensor(type));
            var oracle = batch.Oracle("angular").BatchAll(Margin);
            AssertEqual(report.PositiveDistances, oracle.PositiveDistances);
            AssertEqual(report.NegativeDistances, oracle.NegativeDistances);
            double[] norms = [.. batch.Points.Select(point => Math.Sqrt(point.Sum(x => x * x)))];
            // The smallest number there is.
            var rounding = Math.ScaleB(1, -1074 - exponent);
            foreach (var (share, quantile) in new[] { 0, 0.05, 0.25, 0.5, 0.75, 0.95, 1 }.Zip(report.Norms!.Values))
                Math.ScaleB(quantile, -exponent).Should().BeApproximately(InspectionOracle.Quantile(norms, share), 1e-9 + rounding);
        }
    }

    [Theory]
    [InlineData("squared-L2")]
    [InlineData("L2")]
    [InlineData("angular")]
    public void Reads_long_embeddings_a_few_at_a_time(string distance)
    {
        using var scope = NewDisposeScope();
        var batch = ReportBatch.Random(11, 40, 7, dimensions: 4001, grid: 3);
        var report = Loss("all", distance).Inspect(batch.LabelTensor(), batch.PointTensor());
        AssertEqual(report, batch.Oracle(distance).BatchAll(Margin), batch);
        double[][] points = [.. batch.Points.Select(point => point.Select(x => distance == "angular" ? x / Math.Sqrt(point.Sum(y => y * y)) : x).ToArray())];
        double[] middle = [.. Enumerable.Range(0, 4001).Select(k => points.Select(point => point[k]).Order().ElementAt(20))];
        double[] squares = [.. points.Select(point => point.Zip(middle, (x, y) => (x - y) * (x - y)).Sum())];
        AssertEqual(report.DistancesFromCentre, [.. squares.Select(square => distance switch { "L2" => Math.Sqrt(square), "angular" => square / 2, _ => square })]);
    }

    [Fact]
    public void Reads_long_embeddings_a_few_at_a_time_for_a_custom_distance_too()
    {
        using var scope = NewDisposeScope();
        var batch = ReportBatch.Random(11, 12, 2, dimensions: 4001, grid: 3);
        var squared = Distance.Create((x, y) => (x.unsqueeze(1) - y.unsqueeze(0)).Squared().sum(2));
        var report = new TripletBatchAllLoss(Margin, distance: squared).Inspect(batch.LabelTensor(), batch.PointTensor());
        AssertEqual(report, batch.Oracle().BatchAll(Margin), batch);
    }

    [Theory]
    [InlineData(64, 64 * 63)]
    [InlineData(65, 2048)]
    public void Of_all_triplets_looks_at_all_pairs_up_to_4096_of_them(int count, int looked)
    {
        using var scope = NewDisposeScope();
        var problem = new MiningProblem(zeros(count, ScalarType.Int64), Arithmetic.Normal(count, 3, seed: 6), null, null, null);
        var (anchors, others) = new LabelledPairs(problem).SamplePositives();
        (anchors.Length, others.Length, anchors.Zip(others).Distinct().Count()).Should().Be((looked, looked, looked));
        var positives = Loss("all").Inspect(problem.Labels, problem.Embeddings).PositiveDistances!;
        (positives.Count, positives.IsSampled).Should().Be((count * (count - 1L), looked < count * (count - 1)));
    }

    [Fact]
    public void Knows_distances_from_the_median_whose_squares_leave_the_range_of_float32()
    {
        using var scope = NewDisposeScope();
        using var size = 1.5e19.ToScalar();
        var points = randn(40, 5, float64).mul(size).to_type(float32);
        Loss("semi-hard").Inspect(Arithmetic.Cycle(40, 4), points).DistancesFromCentre!.Count.Should().Be(40);
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void Takes_half_precision_for_what_it_is_in_float32(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var points = randn(12, 5).to_type(type);
        var triplets = tensor([.. Enumerable.Range(0, 12).Select(i => (long)i)]).reshape(4, 3);
        new ExplicitTripletLoss().Inspect(triplets, points).ToString().Should().Be(new ExplicitTripletLoss().Inspect(triplets, points.to_type(float32)).ToString());
        var labels = Arithmetic.Cycle(12, 3);
        Loss("semi-hard").Inspect(labels, points).ToString().Should().Be(Loss("semi-hard").Inspect(labels, points.to_type(float32)).ToString());
    }

    [Theory]
    [InlineData("semi-hard")]
    [InlineData("hard")]
    [InlineData("all")]
    public void Looks_at_references_without_own_copies(string kind)
    {
        using var scope = NewDisposeScope();
        var batch = ReportBatch.Random(7, 20, 4);
        var more = ReportBatch.Random(8, 15, 4);
        var references = new ReportBatch([.. more.Labels, .. batch.Labels[..10]], [.. more.Points, .. batch.Points[..10]]);
        long[] copies = [.. Enumerable.Range(0, 20).Select(i => i < 10 ? 15L + i : -1)];
        var report = Loss(kind).Inspect(
            batch.LabelTensor(), batch.PointTensor(), new ReferenceSet(references.LabelTensor(), references.PointTensor(), tensor(copies)));
        var oracle = new InspectionOracle(batch.Labels, references.Labels, copies, batch.Distances(references, "squared-L2"));
        AssertEqual(report, Found(oracle, kind), batch);
        report.References.Should().Be(25);
    }

    [Theory]
    [InlineData("semi-hard")]
    [InlineData("hard")]
    [InlineData("soft")]
    [InlineData("all")]
    public void Comes_with_the_same_loss_and_gradient(string kind)
    {
        foreach (var reduction in Enum.GetValues<LossReduction>())
        {
            using var scope = NewDisposeScope();
            var batch = ReportBatch.Random(9, 30, 5);
            var loss = Loss(kind, reduction: reduction);
            var (plain, observed) = (batch.PointTensor().requires_grad_(), batch.PointTensor().requires_grad_());
            var weights = linspace(0.5, 2, 30);
            var expected = loss.Call(batch.LabelTensor(), plain, weights);
            var value = loss.Call(batch.LabelTensor(), observed, out var report, weights);
            expected.sum().backward();
            value.sum().backward();
            value.allclose(expected, 1e-6, 1e-6).Should().BeTrue();
            observed.grad!.allclose(plain.grad!, 1e-5, 1e-6).Should().BeTrue();
            report.Loss.Should().BeApproximately(expected.mean().Number(), 1e-5 * Math.Abs(expected.mean().Number()));
            report.PositivePairs.Should().Be(batch.Oracle().PositivePairs);
        }
    }

    [Theory]
    [InlineData("semi-hard")]
    [InlineData("hard")]
    [InlineData("all")]
    public void Of_a_loss_with_references_comes_with_the_same_loss_and_gradients(string kind)
    {
        using var scope = NewDisposeScope();
        var (batch, more) = (ReportBatch.Random(12, 10, 3), ReportBatch.Random(13, 25, 3));
        var (plain, references) = (batch.PointTensor().requires_grad_(), more.PointTensor().requires_grad_());
        Loss(kind).Call(batch.LabelTensor(), plain, new ReferenceSet(more.LabelTensor(), references), out var report).backward();
        var (expected, expectedReferences) = (batch.PointTensor().requires_grad_(), more.PointTensor().requires_grad_());
        Loss(kind).Call(batch.LabelTensor(), expected, new ReferenceSet(more.LabelTensor(), expectedReferences)).backward();
        plain.grad!.allclose(expected.grad!, 1e-5, 1e-6).Should().BeTrue();
        references.grad!.allclose(expectedReferences.grad!, 1e-5, 1e-6).Should().BeTrue();
        report.Anchors.Should().Be(10);
    }

    [Fact]
    public void Is_a_table_to_paste()
    {
        using var scope = NewDisposeScope();
        var points = tensor(new double[] { 0, 1, 3, 10 }, [4, 1]);
        // The pairs: 0→1 at 1 takes 9, 1→0 at 1 takes 4, 3→10 at 49 falls back to 9, 10→3 at 49 takes 81.
        var report = new TripletSemiHardLoss(margin: 5).Inspect(tensor([0L, 0, 1, 1]), points);
        report.ToString().Split("\n\n- ")[0].Should().Be(
            """
            | triplet_semi_hard_loss     | margin 5, squared-L2 |
            | -------------------------- | -------------------- |
            | loss                       | 11.75                |
            | anchors                    | 4 in 1 dimensions    |
            | without a positive         | 0 of 4 (0.0 %)       |
            | without a negative         | 0 of 4 (0.0 %)       |
            | positive pairs             | 4                    |
            | triplets                   | 8                    |
            | active pairs               | 2 of 4 (50.0 %)      |
            | active anchors             | 2 of 4 (50.0 %)      |
            | took the farthest negative | 1 of 4 (25.0 %)      |

            |                    | min | 5 %  | 25 % | 50 % | 75 % | 95 % | max |
            | ------------------ | --- | ---- | ---- | ---- | ---- | ---- | --- |
            | positive distances | 1   | 1    | 1    | 25   | 49   | 49   | 49  |
            | negative distances | 4   | 4.75 | 7.75 | 9    | 27   | 70.2 | 81  |
            | norms              | 0   | 0.15 | 0.75 | 2    | 4.75 | 8.95 | 10  |
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Takes_quantiles_of_many_pairs_from_a_fixed_sample()
    {
        using var scope = NewDisposeScope();
        var labels = Arithmetic.Cycle(600, 2);
        var points = Arithmetic.Normal(600, 8, seed: 3);
        var report = new TripletSemiHardLoss().Inspect(labels, points);
        var again = new TripletSemiHardLoss().Inspect(labels, points);
        var distances = cdist(points.to_type(float64), points.to_type(float64)).Squared();
        var isPositive = labels.unsqueeze(1).eq(labels) & ~eye(600, dtype: ScalarType.Bool);
        var positives = distances.masked_select(isPositive).data<double>().ToArray();
        report.PositiveDistances!.Count.Should().Be(600 * 299);
        report.PositiveDistances.IsSampled.Should().BeTrue();
        report.PositiveDistances.Minimum.Should().BeApproximately(positives.Min(), 1e-4);
        report.PositiveDistances.Maximum.Should().BeApproximately(positives.Max(), 1e-4);
        // A share of 16 384 samples strays by up to 0.004 · 4, so the quantile stays between its neighbours.
        foreach (var (share, quantile) in Shares.Zip(report.PositiveDistances.Values[1..^1]))
        {
            quantile.Should().BeInRange(
                InspectionOracle.Quantile(positives, share - 0.008), InspectionOracle.Quantile(positives, share + 0.008));
        }
        again.PositiveDistances.Should().Be(report.PositiveDistances);
    }

    [Theory]
    [InlineData("squared-L2")]
    [InlineData("angular")]
    public void Of_all_triplets_takes_quantiles_of_many_pairs_from_2048_of_them(string distance)
    {
        using var scope = NewDisposeScope();
        var (labels, points) = (Arithmetic.Cycle(600, 2), Arithmetic.Normal(600, 9, seed: 4));
        var batch = new ReportBatch(labels.data<long>().ToArray(), [.. points.to_type(float64).data<double>().Chunk(9)]);
        var (report, oracle) = (Loss("all", distance).Inspect(labels, points), batch.Oracle(distance).BatchAll(Margin));
        foreach (var (quantiles, distances) in new[] { (report.PositiveDistances!, oracle.PositiveDistances), (report.NegativeDistances!, oracle.NegativeDistances) })
        {
            (quantiles.Count, quantiles.IsSampled).Should().Be((distances.Count, true));
            foreach (var (share, quantile) in Shares.Zip(quantiles.Values[1..^1]))
                quantile.Should().BeInRange(InspectionOracle.Quantile(distances, Math.Max(0, share - 0.04)), InspectionOracle.Quantile(distances, Math.Min(1, share + 0.04)));
        }
    }

    [Fact]
    public void An_explicit_triplet_whose_positive_is_not_finite_is_not_active()
    {
        using var scope = NewDisposeScope();
        // Nine triplets of an anchor and a positive at 0 and a negative at 0.5, but one positive is nowhere.
        float[] points = [.. Enumerable.Range(0, 27).Select(row => row == 4 ? float.NaN : row % 3 == 2 ? 0.5f : 0)];
        var triplets = tensor([.. Enumerable.Range(0, 27).Select(row => (long)row)]).reshape(9, 3);
        var report = new ExplicitTripletLoss(margin: 1).Inspect(triplets, tensor(points).reshape(27, 1));
        (report.Terms, report.ActiveTerms, report.NonFiniteEmbeddings).Should().Be((9L, 8L, 1L));
    }

    private static readonly double[] Shares = [0.05, 0.25, 0.5, 0.75, 0.95];

    internal static Loss Loss(
        string kind, string distance = "squared-L2", LossReduction reduction = LossReduction.SumOverBatchSize, double margin = Margin)
    {
        var of = distance == "L2" ? Distance.Euclidean : distance == "angular" ? Distance.Cosine : Distance.SquaredEuclidean;
        return kind switch
        {
            "semi-hard" => new TripletSemiHardLoss(margin, of, reduction),
            "hard" => new TripletHardLoss(margin, false, of, reduction),
            "soft" => new TripletHardLoss(margin, true, of, reduction),
            _ => new TripletBatchAllLoss(margin, distance: of, reduction: reduction),
        };
    }

    private static InspectionOracle Found(InspectionOracle oracle, string kind) => kind switch
    {
        "semi-hard" => oracle.SemiHard(Margin),
        "hard" => oracle.Hard(Margin),
        "soft" => oracle.Hard(0, isSoft: true),
        _ => oracle.BatchAll(Margin),
    };

    private static void AssertEqual(TripletReport report, InspectionOracle oracle, ReportBatch batch)
    {
        report.Anchors.Should().Be(batch.Labels.Length);
        report.AnchorsWithoutPositive.Should().Be(oracle.WithoutPositive);
        report.AnchorsWithoutNegative.Should().Be(oracle.WithoutNegative);
        report.PositivePairs.Should().Be(oracle.PositivePairs);
        report.Triplets.Should().Be(oracle.Triplets);
        report.Terms.Should().Be(oracle.Terms);
        report.ActiveTerms.Should().Be(oracle.Active);
        report.ActiveAnchors.Should().Be(oracle.ActiveAnchors);
        (report.FallbackPairs ?? 0).Should().Be(oracle.FellBack);
        AssertEqual(report.PositiveDistances, oracle.PositiveDistances);
        AssertEqual(report.NegativeDistances, oracle.NegativeDistances);
        AssertEqual(report.Norms, [.. batch.Points.Select(point => Math.Sqrt(point.Sum(x => x * x)))]);
    }

    private static void AssertEqual(Quantiles? quantiles, IReadOnlyCollection<double> values)
    {
        (quantiles?.Count ?? 0).Should().Be(values.Count);
        if (quantiles is null)
            return;
        quantiles.IsSampled.Should().BeFalse();
        foreach (var (share, quantile) in new[] { 0, 0.05, 0.25, 0.5, 0.75, 0.95, 1 }.Zip(quantiles.Values))
        {
            var expected = InspectionOracle.Quantile(values, share);
            (double.IsNaN(expected) ? double.IsNaN(quantile) : Math.Abs(quantile - expected) < 1e-9).Should().BeTrue($"{quantile} ≈ {expected}");
        }
    }
}
