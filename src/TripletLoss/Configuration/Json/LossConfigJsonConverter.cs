using System.Text.Json;
using System.Text.Json.Serialization;

namespace TripletLoss;

/// <summary>Lets <see cref="JsonSerializer"/> read and write configurations in the form that they have in a loss's JSON.</summary>
/// <example><code>string json = System.Text.Json.JsonSerializer.Serialize(loss.GetConfig());    // {"name":"triplet_hard_loss","reduction":"sum_over_batch_size", …}</code></example>
public sealed class LossConfigJsonConverter : JsonConverter<LossConfig>
{
    /// <summary>Reads a configuration; reductions and distances stay the strings that stand for them.</summary>
    /// <param name="reader">The reader, on the configuration's first token.</param>
    /// <param name="typeToConvert">Not used.</param>
    /// <param name="options">Not used.</param>
    /// <returns>The configuration, equal to the one that was written.</returns>
    /// <exception cref="JsonException">The JSON is not an object of numbers, strings, true, false and null.</exception>
    public override LossConfig Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return JsonErrors.WithoutPath(() =>
        {
            object? value = JsonParser.ValueOf(document.RootElement, JsonParser.Root);
            return LossFactory.ConfigOf(JsonFields.Of(value, JsonParser.Root)
                ?? throw JsonErrors.At(JsonParser.Root, $"must be an object, got {ConfigValues.Describe(value)}."));
        });
    }

    /// <summary>Writes a configuration.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The configuration.</param>
    /// <param name="options">Not used.</param>
    /// <exception cref="InvalidOperationException">It holds a distance that is not registered, or a number or a text that JSON cannot represent.</exception>
    public override void Write(Utf8JsonWriter writer, LossConfig value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        LossConfigJson.Check(value);
        LossConfigJson.Write(writer, value);
    }
}
