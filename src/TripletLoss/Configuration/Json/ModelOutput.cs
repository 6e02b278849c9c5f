using System.Globalization;
using System.Text.Json;

namespace TripletLoss;

/// <summary>The loss of one of a model's outputs.</summary>
/// <param name="Name">The output's name; its number where Keras wrote a list.</param>
/// <param name="Loss">Its loss, as it stands in the document; null: none.</param>
/// <param name="Path">Where it stands.</param>
internal sealed record ModelOutput(string Name, object? Loss, string Path)
{
    private const int MostNames = 20;

    /// <summary>The losses by their outputs; null where the value is one loss, or no such thing at all.</summary>
    public static IReadOnlyList<ModelOutput>? AllOf(object? value, string path)
    {
        if (value is JsonElement { ValueKind: JsonValueKind.Array } list)
        {
            var items = list.EnumerateArray().Select((item, index) => (item, path: JsonPath.Of(path, index)));
            return [.. items.Select((pair, index) => new ModelOutput(index.ToString(CultureInfo.InvariantCulture), JsonParser.ValueOf(pair.item, pair.path), pair.path))];
        }
        var fields = JsonFields.Of(value, path)?.Members;
        bool isEnvelope = fields is null || fields.Count == 0 || LossEnvelope.Names.Any(fields.ContainsKey);
        return isEnvelope || !fields!.Values.All(loss => loss is null or string or JsonElement)
            ? null
            : [.. fields.Select(field => new ModelOutput(field.Key, field.Value, JsonPath.Of(path, field.Key)))];
    }

    /// <summary>The loss that is asked for, or the only one.</summary>
    /// <exception cref="JsonException">There are several and none is asked for, or there is none.</exception>
    public static (object? Loss, string Path) Choose(IReadOnlyList<ModelOutput> outputs, string path, string? name)
    {
        ModelOutput[] all = [.. outputs.Where(output => output.Loss is not null)];
        ModelOutput[] found = name is null ? all : [.. all.Where(output => output.Name == name)];
        return found switch
        {
            [var output] => (output.Loss, output.Path),
            [] when name is not null => throw JsonErrors.At(path, $"has no loss for the output {ConfigValues.Quote(name)}. Its outputs: {Names(all)}."),
            [] => throw JsonErrors.At(path, "has no loss for any output."),
            _ => throw JsonErrors.At(
                path, string.Create(CultureInfo.InvariantCulture, $"has {all.Length} losses, one for each output: {Names(all)}. ")
                + $"Take one: Losses.Deserialize(json, output: {ConfigValues.Quote(all[0].Name)})."),
        };
    }

    private static string Names(ModelOutput[] outputs) =>
        string.Join(", ", outputs.Take(MostNames).Select(output => ConfigValues.Shortened(output.Name))) + (outputs.Length > MostNames ? ", …" : "");
}
