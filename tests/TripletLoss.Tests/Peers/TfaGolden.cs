using System.Text.Json;

namespace TripletLoss.Tests;

/// <summary>A result of TensorFlow Addons: a line of <c>tfa.jsonl</c>.</summary>
public sealed record TfaGolden(
    string Of, string Source, string Loss, double Margin, string Distance, bool Soft, double Value, double[] Gradient, string Compare, string Because)
{
    private static readonly Lazy<(Dictionary<string, GoldenBatch> Batches, List<TfaGolden> Lines)> File = new(ReadFile);

    public static IReadOnlyDictionary<string, GoldenBatch> Batches => File.Value.Batches;

    public static IReadOnlyList<TfaGolden> Lines => File.Value.Lines;

    public GoldenBatch Batch => Batches[Of];

    public OracleFormula Formula => Loss == nameof(TripletHardLoss) ? new HardOracle(Margin, Soft) : new SemiHardOracle(Margin);

    /// <summary>What the plain loops say of the batch, in float64.</summary>
    public OracleLosses Oracle(double rounding = 0) => Formula.Evaluate(new OracleProblem(Batch.ForOracle(), OracleDistance.Named(Distance), rounding));

    private static (Dictionary<string, GoldenBatch> Batches, List<TfaGolden> Lines) ReadFile()
    {
        var (batches, lines) = (new Dictionary<string, GoldenBatch>(), new List<TfaGolden>());
        foreach (string text in System.IO.File.ReadLines(GoldenBatch.PathOf("tfa.jsonl")).Skip(1))
        {
            var line = JsonDocument.Parse(text).RootElement;
            if (line.TryGetProperty("batch", out var name))
                batches[name.GetString()!] = GoldenBatch.Read(line);
            else
                lines.Add(Read(line));
        }
        return (batches, lines);
    }

    private static TfaGolden Read(JsonElement line) => new(
        line.GetProperty("of").GetString()!,
        line.GetProperty("source").GetString()!,
        line.GetProperty("loss").GetString()!,
        line.GetProperty("margin").GetDouble(),
        line.GetProperty("distance").GetString()!,
        line.TryGetProperty("soft", out var soft) && soft.GetBoolean(),
        GoldenBatch.Number(line.GetProperty("value")),
        line.TryGetProperty("gradient", out var gradient) ? GoldenBatch.Numbers(gradient) : [],
        line.GetProperty("compare").GetString()!,
        line.TryGetProperty("because", out var because) ? because.GetString()! : "");
}
