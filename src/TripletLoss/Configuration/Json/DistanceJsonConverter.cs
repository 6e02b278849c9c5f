using System.Text.Json;
using System.Text.Json.Serialization;

namespace TripletLoss;

/// <summary>Lets <see cref="JsonSerializer"/> read and write distances by their names.</summary>
/// <example><code>Distance distance = System.Text.Json.JsonSerializer.Deserialize&lt;Distance&gt;("\"angular\"")!;    // Distance.Cosine</code></example>
public sealed class DistanceJsonConverter : JsonConverter<Distance>
{
    /// <summary>Reads the name of a registered distance.</summary>
    /// <param name="reader">The reader, on the name.</param>
    /// <param name="typeToConvert">Not used.</param>
    /// <param name="options">Not used.</param>
    /// <returns>The distance.</returns>
    /// <exception cref="JsonException">The JSON is not a string, or no distance has that name.</exception>
    public override Distance Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return JsonErrors.WithoutPath(() =>
        {
            object? value = JsonParser.ValueOf(document.RootElement, JsonParser.Root);
            try
            {
                return ConfigValues.ToDistance(JsonParser.Root, value);
            }
            catch (LossConfigException exception)
            {
                throw JsonErrors.At(JsonParser.Root, exception.Problem, exception);
            }
        });
    }

    /// <summary>Writes the name.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The distance.</param>
    /// <param name="options">Not used.</param>
    /// <exception cref="InvalidOperationException">The distance is not registered, so the name would not lead back to it.</exception>
    public override void Write(Utf8JsonWriter writer, Distance value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        LossConfigJson.Check("the value", value);
        writer.WriteStringValue(value.Name);
    }
}
