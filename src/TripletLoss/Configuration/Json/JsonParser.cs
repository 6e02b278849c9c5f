using System.Text.Json;

namespace TripletLoss;

/// <summary>Reads JSON text, and says what is wrong with it by a path.</summary>
internal static class JsonParser
{
    /// <summary>The path of the value that is read.</summary>
    public const string Root = "$";

    /// <summary>The document of a text, which holds one value.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonDocument Parse(ReadOnlySpan<byte> utf8)
    {
        utf8 = utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        var reader = new Utf8JsonReader(utf8);
        try
        {
            var document = JsonDocument.ParseValue(ref reader);
            reader.Read(); // refuses what follows the value
            return document;
        }
        catch (JsonException exception)
        {
            throw JsonErrors.Malformed(JsonPath.OfEnd(utf8), exception);
        }
    }

    /// <summary>A value as null, bool, long, double or string; an object or an array stays as it is.</summary>
    /// <exception cref="JsonException">It is text that is not Unicode.</exception>
    public static object? ValueOf(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.String => Unicode(path, element, text => text.GetString()!),
        JsonValueKind.Number => element.TryGetInt64(out long integer) ? (object)integer : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        _ => element,
    };

    /// <summary>Text of a document, which may hold bytes and escapes that are no Unicode.</summary>
    /// <exception cref="JsonException">It does.</exception>
    public static string Unicode<T>(string path, T holder, Func<T, string> textOf)
    {
        try
        {
            return textOf(holder);
        }
        catch (InvalidOperationException exception)
        {
            throw JsonErrors.At(path, $"holds text that is not valid Unicode: {exception.Message}", exception);
        }
    }
}
