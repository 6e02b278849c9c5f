using System.Text.Json;
using TripletLoss.Tests.Configuration;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>A report is wanted most on the batches that are wrong: it is written whatever they hold.</summary>
public sealed class ReportJsonTests
{
    public static TheoryData<string> Kinds() => PoorBatchReportTests.Kinds();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_batch_is_written(string kind)
    {
        using var scope = NewDisposeScope();
        var loss = TripletReportTests.Loss(kind);
        Tensor broken = ones(8, 4), infinite = ones(8, 4);
        broken[3, 2] = tensor(float.NaN);
        infinite[3, 2] = tensor(float.PositiveInfinity);
        TripletReport[] reports =
        [
            loss.Inspect(zeros(0, int64), zeros(0, 4)),
            loss.Inspect(tensor([5L]), ones(1, 4)),
            loss.Inspect(tensor([5L, 5, 5]), ones(3, 4)),
            loss.Inspect(tensor([5L, 6, 7]), ones(3, 4)),
            loss.Inspect(Arithmetic.Cycle(8, 2), broken),
            loss.Inspect(Arithmetic.Cycle(8, 2), infinite),
            loss.Inspect(Arithmetic.Cycle(8, 2), randn(8, 4)),
            loss.Inspect(Arithmetic.Cycle(8, 2), randn(8, 4), new ReferenceSet(zeros(0, int64), zeros(0, 4))),
            new TripletSemiHardLoss(distance: Distance.Create((x, y) => cdist(x, y))).Inspect(Arithmetic.Cycle(8, 2), randn(8, 4)),
            new ExplicitTripletLoss().Inspect(zeros([0, 3], int64), zeros(0, 4)),
            new NormLoss().Inspect(Arithmetic.Cycle(8, 2), randn(8, 4)),
        ];
        foreach (var report in reports)
            IsWritten(report, JsonSerializer.Serialize(report), JsonSerializer.Serialize(report, ConfigJsonContext.Default.TripletReport));
    }

    [Fact]
    public void Names_stand_for_distance_unit_and_findings_and_null_for_what_there_is_not()
    {
        using var scope = NewDisposeScope();
        using var json = JsonSerializer.SerializeToDocument(new TripletSemiHardLoss(distance: Distance.Cosine).Inspect(zeros(0, int64), zeros(0, 4)));
        var root = json.RootElement;
        root.GetProperty("Distance").GetString().Should().Be("angular");
        root.GetProperty("Unit").GetString().Should().Be("Pairs");
        root.GetProperty("Findings")[0].GetProperty("Kind").GetString().Should().Be("EmptyBatch");
        foreach (string empty in (string[])["PositiveDistances", "NegativeDistances", "Norms", "References"])
            root.GetProperty(empty).ValueKind.Should().Be(JsonValueKind.Null);
        root.TryGetProperty("DistanceName", out _).Should().BeFalse();
    }

    [Fact]
    public void Figures_of_queries_without_a_match_are_written()
    {
        using var scope = NewDisposeScope();
        using var json = JsonSerializer.SerializeToDocument(RetrievalMetrics.LeaveOneOut(tensor([1L, 2, 3]), ones(3, 2), cancellationToken: TestContext.Current.CancellationToken));
        json.RootElement.GetProperty("CutOffs").EnumerateArray().Select(metrics => metrics.GetProperty("K").GetInt32()).Should().Equal(1, 5, 10);
        json.RootElement.GetProperty("MeanAveragePrecisionAtR").GetString().Should().Be("NaN");
        JsonSerializer.Serialize(default(CutOffMetrics) with { Ndcg = double.NaN }).Should().Contain("\"Ndcg\":\"NaN\"");
    }

    [Fact]
    public void Nothing_of_a_report_can_be_set() =>
        typeof(TripletReport).GetProperties().Concat(typeof(Quantiles).GetProperties()).Where(property => property.SetMethod?.IsPublic == true).Should().BeEmpty();

    private static void IsWritten(TripletReport report, string written, string generated)
    {
        generated.Should().Be(written);
        using var json = JsonDocument.Parse(written);
        var root = json.RootElement;
        var loss = root.GetProperty("Loss");
        (loss.ValueKind == JsonValueKind.String ? double.Parse(loss.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : loss.GetDouble()).Should().Be(report.Loss);
        root.GetProperty("Anchors").GetInt64().Should().Be(report.Anchors);
        root.GetProperty("NonFiniteEmbeddings").GetInt64().Should().Be(report.NonFiniteEmbeddings);
        root.GetProperty("Distance").GetString().Should().Be(report.Distance?.Name);
        root.GetProperty("Findings").GetArrayLength().Should().Be(report.Findings.Count);
        root.GetProperty("Norms").ValueKind.Should().Be(report.Norms is null ? JsonValueKind.Null : JsonValueKind.Object);
        if (report.Norms is { } norms)
            root.GetProperty("Norms").GetProperty("Median").GetDouble().Should().Be(norms.Median);
    }
}
