using System.Text.Json;
using System.Text.Json.Serialization;

namespace TripletLoss;

/// <summary>Lets <see cref="JsonSerializer"/> read and write losses in Keras's format, as <see cref="Losses"/> does.</summary>
/// <remarks>
/// The attribute is not inherited: a custom loss needs <c>[JsonConverter(typeof(LossJsonConverter&lt;MyLoss&gt;))]</c> on its class, besides
/// <see cref="Losses.Register{T}"/>, to be the type of a property; in a property of type <see cref="Loss"/> it works without.
/// </remarks>
/// <typeparam name="T">The type of the property: <see cref="Loss"/> for any loss.</typeparam>
/// <example>
/// <code>
/// using System.Text.Json;
/// using TripletLoss;
///
/// string json = JsonSerializer.Serialize(new Settings(new TripletSemiHardLoss(margin: 0.5), 10));
/// Loss loss = JsonSerializer.Deserialize&lt;Settings&gt;(json)!.Loss;    // a TripletSemiHardLoss with margin 0.5
///
/// public sealed record Settings(Loss Loss, int Epochs);
/// </code>
/// </example>
public sealed class LossJsonConverter<T> : JsonConverter<T>
    where T : Loss
{
    /// <summary>Reads a loss.</summary>
    /// <param name="reader">The reader, on the loss's first token.</param>
    /// <param name="typeToConvert">Not used.</param>
    /// <param name="options">Not used.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="JsonException">
    /// The JSON is not a loss, or a loss of another class. In the message, <c>$</c> is the loss itself;
    /// <see cref="JsonException.Path"/> says where the loss is in the document.
    /// </exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return JsonErrors.WithoutPath(() => Losses.Deserialize<T>(document.RootElement));
    }

    /// <summary>Writes a loss.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The loss.</param>
    /// <param name="options">Not used.</param>
    /// <exception cref="InvalidOperationException">The loss's class, or its distance, is not registered.</exception>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        LossEnvelope.Write(writer, value);
    }
}
