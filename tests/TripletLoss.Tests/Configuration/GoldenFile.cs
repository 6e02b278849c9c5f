using System.Text.Json;

namespace TripletLoss.Tests.Configuration;

/// <summary>What Keras 2.15 wrote of TensorFlow Addons' losses.</summary>
internal static class GoldenFile
{
    private static readonly Lazy<JsonElement> Root = new(() =>
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Goldens", "keras.json")));
        return document.RootElement.Clone();
    });

    /// <summary>The losses in the file, by their key.</summary>
    public static IEnumerable<JsonProperty> Losses =>
        Root.Value.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("get_config", out _));

    public static JsonElement Loss(string key) => Root.Value.GetProperty(key);
}
