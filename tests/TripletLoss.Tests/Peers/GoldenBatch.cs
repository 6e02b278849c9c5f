using System.Text.Json;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>A stored batch: labels and float32 embeddings.</summary>
public sealed record GoldenBatch(long[] Labels, float[] Embeddings, int Rows, int Columns)
{
    public OracleBatch ForOracle() => OracleBatch.Of(Labels, OracleBatch.Rows([.. Embeddings.Select(value => (double)value)], Rows, Columns));

    /// <summary>[rows, columns], float32 unless another type is asked for, wanting a gradient.</summary>
    public Tensor EmbeddingsTensor(ScalarType type = ScalarType.Float32) => tensor(Embeddings).reshape(Rows, Columns).to_type(type).detach().requires_grad_();

    public static GoldenBatch Read(JsonElement line)
    {
        int[] shape = line.GetProperty("shape").Deserialize<int[]>()!;
        return new(
            line.GetProperty("labels").Deserialize<long[]>()!, [.. Numbers(line.GetProperty("embeddings")).Select(value => (float)value)],
            shape[0], shape[1]);
    }

    /// <summary>Numbers, among them "NaN" and "Infinity".</summary>
    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(Number)];

    public static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble()
        : value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            var other => throw new FormatException($"'{other}' is not a number."),
        };

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Goldens", file);
}
