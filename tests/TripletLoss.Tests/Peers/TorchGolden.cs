using System.Text.Json;

namespace TripletLoss.Tests;

/// <summary>A batch of <c>triplets</c> in <c>torch.json</c>, with what the libraries around PyTorch make of it.</summary>
public sealed class TorchGolden
{
    private readonly JsonElement _json;

    private TorchGolden(JsonElement json)
    {
        _json = json;
        Batch = GoldenBatch.Read(json);
        Margin = json.GetProperty("margin").GetDouble();
    }

    public static IReadOnlyList<TorchGolden> All { get; } =
        [.. JsonDocument.Parse(File.ReadAllBytes(GoldenBatch.PathOf("torch.json"))).RootElement.GetProperty("triplets").EnumerateArray().Select(json => new TorchGolden(json))];

    public GoldenBatch Batch { get; }

    public double Margin { get; }

    /// <summary>The keys of all results, such as <c>pml/miner/semihard/L2</c>.</summary>
    public IEnumerable<string> Keys => _json.EnumerateObject().Select(property => property.Name).Where(name => name.Contains('/'));

    public long[][] Triplets(string key) => _json.GetProperty(key).Deserialize<long[][]>()!;

    public (double Value, double[] Gradient) Loss(string key) =>
        (GoldenBatch.Number(_json.GetProperty(key).GetProperty("value")), GoldenBatch.Numbers(_json.GetProperty(key).GetProperty("gradient")));

    public (int Rows, double[] Values) Explicit(string key) =>
        (_json.GetProperty(key).GetProperty("rows").GetInt32(), GoldenBatch.Numbers(_json.GetProperty(key).GetProperty("values")));
}
