using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

public sealed class PoorBatchReportTests
{
    public static TheoryData<string> Kinds() => new() { "semi-hard", "hard", "soft", "all" };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_empty_batch_has_a_report(string kind)
    {
        using var scope = NewDisposeScope();
        var report = TripletReportTests.Loss(kind).Inspect(zeros(0, ScalarType.Int64), zeros(0, 4));
        report.Anchors.Should().Be(0);
        report.Loss.Should().Be(0);
        report.ActiveShare.Should().Be(0);
        report.Norms.Should().BeNull();
        report.ToString().Should().Contain("–").And.NotContain("NaN");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_empty_set_of_references_has_a_report(string kind)
    {
        using var scope = NewDisposeScope();
        var references = new ReferenceSet(zeros(0, ScalarType.Int64), zeros(0, 4));
        var report = TripletReportTests.Loss(kind).Inspect(Arithmetic.Count(3), ones(3, 4), references);
        report.AnchorsWithoutPositive.Should().Be(3);
        report.AnchorsWithoutNegative.Should().Be(3);
        report.Loss.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_single_sample_has_a_report(string kind)
    {
        using var scope = NewDisposeScope();
        var report = TripletReportTests.Loss(kind).Inspect(tensor([5L]), ones(1, 4));
        report.AnchorsWithoutPositive.Should().Be(1);
        report.AnchorsWithoutNegative.Should().Be(1);
        report.Norms!.Median.Should().Be(2);
        report.ActiveTerms.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Embeddings_that_are_not_finite_have_a_report(string kind)
    {
        foreach (var value in new[] { float.NaN, float.PositiveInfinity })
        {
            using var scope = NewDisposeScope();
            var points = ones(8, 4);
            points[3, 2] = tensor(value);
            var report = TripletReportTests.Loss(kind).Inspect(Arithmetic.Cycle(8, 2), points);
            report.Loss.Should().Be(double.NaN);
            report.NonFiniteEmbeddings.Should().Be(1);
            report.PositivePairs.Should().Be(24);
            report.Norms!.Count.Should().Be(7);
            report.ToString().Should().Contain("embeddings not finite");
        }
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    public void Every_floating_type_has_a_report(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var batch = ReportBatch.Random(1, 20, 4);
        var report = new TripletSemiHardLoss(2.5).Inspect(batch.LabelTensor(), batch.PointTensor(type));
        report.ActiveTerms.Should().Be(batch.Oracle().SemiHard(2.5).Active);
    }

    [Fact]
    public void A_custom_loss_has_a_report()
    {
        using var scope = NewDisposeScope();
        var points = tensor(new float[] { -1, 2, 0, 3 }, [4, 1]);
        var report = new LengthLoss().Inspect(tensor([0L, 0, 0, 1]), points);
        report.LossName.Should().Be("length_loss");
        report.Loss.Should().Be(1);
        report.Unit.Should().Be(TripletReportUnit.Anchors);
        report.Terms.Should().Be(4);
        report.ActiveTerms.Should().Be(2);
        report.PositivePairs.Should().Be(6);
        report.Triplets.Should().Be(6);
        report.AnchorsWithoutPositive.Should().Be(1);
        report.PositiveDistances.Should().BeNull();
        report.Distance.Should().BeNull();
        report.FallbackShare.Should().BeNull();
    }

    [Fact]
    public void Wrong_arguments_are_refused_as_in_a_call()
    {
        using var scope = NewDisposeScope();
        var inspect = () => new TripletSemiHardLoss().Inspect(ones(3, 4), Arithmetic.Count(3));
        inspect.Should().Throw<ArgumentException>().WithMessage("*swap yTrue and yPred*");
    }

    [Fact]
    public void Leaves_nothing_behind()
    {
        using var labels = Arithmetic.Cycle(40, 4);
        using var points = randn(40, 8);
        var loss = new TripletBatchAllLoss();
        _ = loss.Inspect(labels, points);
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (var i = 0; i < 100; i++)
        {
            _ = loss.Inspect(labels, points);
            loss.Call(labels, points, out _).Dispose();
        }
        DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount.Should().Be(before);
    }

    private sealed class LengthLoss() : Loss(LossReduction.SumOverBatchSize, null)
    {
        protected override Tensor PerAnchor(LossInput input) => input.Embeddings.sum(1);
    }
}
