using System.Text.Json;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The numbers that pytorch-metric-learning computes (Goldens/torch.json says which version).</summary>
public class RetrievalGoldenTests
{
    private const double Tolerance = 1e-6;

    private static readonly JsonElement[] Batches =
        [.. JsonDocument.Parse(File.ReadAllText("Goldens/torch.json")).RootElement.GetProperty("retrieval").EnumerateArray()];

    public static IEnumerable<object[]> Numbers => Enumerable.Range(0, Batches.Length).Select(number => new object[] { number });

    [Theory]
    [MemberData(nameof(Numbers))]
    public void LeaveOneOutAgrees(int number)
    {
        using var scope = NewDisposeScope();
        var (labels, embeddings) = Read(Batches[number]);
        var report = RetrievalMetrics.LeaveOneOut(labels, embeddings);
        FiguresOfTheNearest(report, Batches[number].GetProperty("leave_one_out"));
        var whole = Batches[number].GetProperty("leave_one_out_all_k");
        report.MeanAveragePrecision.Should().BeApproximately(Figure(whole, "mean_average_precision"), Tolerance);
        report.MeanReciprocalRank.Should().BeApproximately(Figure(whole, "mean_reciprocal_rank"), Tolerance);
        var recalls = Batches[number].GetProperty("recall_at_k").EnumerateObject().ToArray();
        recalls.Should().HaveCount(4);
        foreach (var recall in recalls)
            report.RecallAt(int.Parse(recall.Name)).Should().BeApproximately(recall.Value.GetDouble(), Tolerance);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void QueryAgainstGalleryAgrees(int number)
    {
        using var scope = NewDisposeScope();
        var (labels, embeddings) = Read(Batches[number]);
        long split = Batches[number].GetProperty("query_gallery_split_at").GetInt64();
        long rest = labels.shape[0] - split;
        var report = RetrievalMetrics.QueryAgainstGallery(
            labels.narrow(0, 0, split), embeddings.narrow(0, 0, split), labels.narrow(0, split, rest), embeddings.narrow(0, split, rest));
        FiguresOfTheNearest(report, Batches[number].GetProperty("query_gallery"));
    }

    [Fact]
    public void AllBatchesAreCompared() => Batches.Should().HaveCount(6);

    private static void FiguresOfTheNearest(RetrievalReport report, JsonElement expected)
    {
        report.PrecisionAt1.Should().BeApproximately(Figure(expected, "precision_at_1"), Tolerance);
        report.RPrecision.Should().BeApproximately(Figure(expected, "r_precision"), Tolerance);
        report.MeanAveragePrecisionAtR.Should().BeApproximately(Figure(expected, "mean_average_precision_at_r"), Tolerance);
    }

    private static double Figure(JsonElement figures, string name) => figures.GetProperty(name).GetDouble();

    private static (Tensor Labels, Tensor Embeddings) Read(JsonElement batch)
    {
        long[] shape = [.. batch.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        return (
            tensor(batch.GetProperty("labels").EnumerateArray().Select(label => label.GetInt64()).ToArray()),
            tensor(batch.GetProperty("embeddings").EnumerateArray().Select(value => value.GetSingle()).ToArray()).reshape(shape));
    }
}
