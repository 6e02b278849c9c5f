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
    /// <summary>Writes a loss in Keras's format, with every constructor argument.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="indented">Whether to write several lines.</param>
    /// <returns>JSON that <see cref="Deserialize(string, string?)"/> reads; numbers come back exactly.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="loss"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The loss's class, or its distance, is not registered, or a value is one that JSON cannot represent.</exception>
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
    /// <para>Accepts Keras's format, or a bare <c>{"class_name", "config"}</c>, with keys in any order; and the document of a whole compiled model: a
    /// <c>.keras</c> file's <c>config.json</c> (its <c>compile_config.loss</c>), an HDF5 file's <c>training_config</c> (its <c>loss</c>), or a SavedModel's metadata.
    /// An argument that is missing takes its default; unknown and duplicate keys are refused. If <c>registered_name</c> and <c>class_name</c> differ, the former decides.</para>
    /// <para>In TensorFlow Addons' own files (<c>Addons>TripletSemiHardLoss</c>), <c>"none"</c> and <c>"auto"</c> are
    /// <see cref="LossReduction.SumOverBatchSize"/>, the number those models were trained with, a missing <c>distance_metric</c> is the squared one
    /// (0.7 to 0.9), and <c>"L1"</c> is refused. Its functions are read as well, <c>"Addons>triplet_semihard_loss"</c> or <c>"triplet_hard_loss"</c>: they are the losses
    /// with default arguments, and squared distances, as in 0.7 to 0.10. (From 0.11 on the functions took Euclidean ones, which no file says.)</para>
    /// </remarks>
    /// <param name="json">The JSON.</param>
    /// <param name="output">
    /// Of a compiled model with a loss for each output: the name of the output, or its number, <c>"0"</c>, where Keras wrote a list. Null (the default): there is one loss.
    /// </param>
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
    public static Loss Deserialize(string json, string? output = null) => Deserialize<Loss>(json, output);

    /// <summary>Reads a loss, as <see cref="Deserialize(string, string?)"/> does.</summary>
    /// <param name="utf8Json">The JSON, in UTF-8, with or without a byte order mark.</param>
    /// <param name="output">The output of a model whose loss to read; null (the default): there is one loss.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="JsonException">The text is not JSON or not a loss.</exception>
    public static Loss Deserialize(ReadOnlySpan<byte> utf8Json, string? output = null) => Deserialize<Loss>(utf8Json, output);

    /// <summary>Reads a loss, as <see cref="Deserialize(string, string?)"/> does, from parsed JSON.</summary>
    /// <param name="json">The JSON; paths in errors begin here.</param>
    /// <param name="output">The output of a model whose loss to read; null (the default): there is one loss.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException"><paramref name="json"/> is undefined, as <c>default(JsonElement)</c> is.</exception>
    /// <exception cref="JsonException">The JSON is not a loss.</exception>
    public static Loss Deserialize(JsonElement json, string? output = null) => Deserialize<Loss>(json, output);

    /// <summary>Reads a loss of a known class, as <see cref="Deserialize(string, string?)"/> does.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="json">The JSON.</param>
    /// <param name="output">The output of a model whose loss to read; null (the default): there is one loss.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="JsonException">The text is not JSON, not a loss, or a loss of another class.</exception>
    /// <example><code>TripletHardLoss loss = Losses.Deserialize&lt;TripletHardLoss&gt;("""{"class_name": "TripletHardLoss", "config": {"soft": true}}""");</code></example>
    public static T Deserialize<T>(string json, string? output = null)
        where T : Loss
    {
        ArgumentNullException.ThrowIfNull(json);
        return Deserialize<T>(StrictText.Utf8(json), output);
    }

    /// <summary>Reads a loss of a known class, as <see cref="Deserialize(string, string?)"/> does.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="utf8Json">The JSON, in UTF-8, with or without a byte order mark.</param>
    /// <param name="output">The output of a model whose loss to read; null (the default): there is one loss.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="JsonException">The text is not JSON, not a loss, or a loss of another class.</exception>
    public static T Deserialize<T>(ReadOnlySpan<byte> utf8Json, string? output = null)
        where T : Loss
    {
        using var document = JsonParser.Parse(utf8Json);
        return Deserialize<T>(document.RootElement, output);
    }

    /// <summary>Reads a loss of a known class from parsed JSON.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="json">The JSON; paths in errors begin here.</param>
    /// <param name="output">The output of a model whose loss to read; null (the default): there is one loss.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException"><paramref name="json"/> is undefined, as <c>default(JsonElement)</c> is.</exception>
    /// <exception cref="JsonException">The JSON is not a loss, or a loss of another class.</exception>
    public static T Deserialize<T>(JsonElement json, string? output = null)
        where T : Loss
    {
        if (json.ValueKind == JsonValueKind.Undefined)
            throw new ArgumentException("json must be a JSON value, got an undefined JsonElement.", nameof(json));
        var (value, path) = SavedModel.LossIn(JsonParser.ValueOf(json, JsonParser.Root), output);
        Loss loss = LossEnvelope.Read(value, path);
        return loss as T ?? throw JsonErrors.At(
            value is string ? path : JsonPath.Of(path, "class_name"), $"is {loss.GetType().Name}, where a {typeof(T).Name} is expected.");
    }
}
