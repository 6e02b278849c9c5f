using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TripletLoss;

/// <summary>Losses as JSON and by name, as <c>keras.losses</c> has them.</summary>
/// <remarks>
/// Only registered classes can be named: no type is ever resolved from text in a file. All members may be called from several threads.
/// </remarks>
public static partial class Losses
{
    /// <summary>Writes a loss in Keras's envelope, with every constructor argument.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="indented">Whether to write several lines.</param>
    /// <returns>JSON that <see cref="Deserialize(string)"/> reads; numbers come back exactly.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="loss"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The loss's class, or its distance, is not registered, or a value is one that JSON does not have.</exception>
    /// <example>
    /// <code>
    /// Losses.Serialize(new TripletSemiHardLoss(margin: 0.5));
    /// // {"module":"TripletLoss","class_name":"TripletSemiHardLoss","config":{"name":"triplet_semi_hard_loss",
    /// //  "reduction":"sum_over_batch_size","margin":0.5,"distance_metric":"squared-L2"},
    /// //  "registered_name":"TripletLoss>TripletSemiHardLoss"}    (on one line)
    /// </code>
    /// </example>
    public static string Serialize(Loss loss, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(loss);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, LossConfigJson.Options(indented)))
            LossEnvelope.Write(writer, loss);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a loss from what <see cref="Serialize"/>, Keras or TensorFlow Addons wrote.</summary>
    /// <remarks>
    /// <para>Read are: Keras's envelope, a bare <c>{"class_name", "config"}</c>, keys in any order; and the document of a whole compiled model: a
    /// <c>.keras</c> file's <c>config.json</c> (its <c>compile_config.loss</c>), or an HDF5 file's <c>training_config</c> (its <c>loss</c>).
    /// An argument that is missing takes its default; unknown and duplicate keys are refused.</para>
    /// <para>In TensorFlow Addons' own files (<c>Addons>TripletSemiHardLoss</c>), <c>"none"</c> and <c>"auto"</c> are
    /// <see cref="LossReduction.SumOverBatchSize"/>, the number those models were trained with, a missing <c>distance_metric</c> is the squared one
    /// (0.7 to 0.9), and <c>"L1"</c> is refused.</para>
    /// </remarks>
    /// <param name="json">The JSON.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="JsonException">
    /// The text is not JSON or not a loss. The message begins with the JSON path, and <see cref="JsonException.Path"/> is it:
    /// <c>$.config.margn is not known. Did you mean 'margin'? Known: name, reduction, margin, distance_metric.</c>
    /// </exception>
    /// <example>
    /// <code>
    /// Losses.Deserialize("""{"class_name": "Addons>TripletSemiHardLoss", "config": {"reduction": "none", "name": null, "margin": 0.3}}""");
    /// // a TripletSemiHardLoss with margin 0.3, squared Euclidean distances, and the mean over the batch
    /// </code>
    /// </example>
    public static Loss Deserialize(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Deserialize(StrictText.Utf8(json));
    }

    /// <summary>Reads a loss, as <see cref="Deserialize(string)"/> does.</summary>
    /// <param name="utf8Json">The JSON, in UTF-8, with or without a byte order mark.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="JsonException">The text is not JSON or not a loss.</exception>
    public static Loss Deserialize(ReadOnlySpan<byte> utf8Json) => Read(JsonParser.Parse(utf8Json));

    /// <summary>Reads a loss, as <see cref="Deserialize(string)"/> does, from JSON that was parsed already.</summary>
    /// <param name="json">The JSON; paths in errors begin here.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException"><paramref name="json"/> is no value at all, as <c>default(JsonElement)</c> is.</exception>
    /// <exception cref="JsonException">The JSON is not a loss.</exception>
    public static Loss Deserialize(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Undefined)
            throw new ArgumentException("json must be a JSON value, got an undefined JsonElement.", nameof(json));
        // What the element's own document was allowed to hold is allowed here.
        var options = new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = JsonParser.MaxDepth };
        return Read(JsonParser.Parse(StrictText.Utf8(TextOf(json)), options));
    }

    private static string TextOf(JsonElement json)
    {
        try
        {
            return json.GetRawText();
        }
        catch (InvalidOperationException exception)
        {
            throw JsonErrors.At(JsonParser.Root, $"holds text that is not valid Unicode: {exception.Message}", exception);
        }
    }

    private static Loss Read(object? value) => LossEnvelope.Read(SavedModel.LossIn(value));
}
