using System.Text.Json;

namespace TripletLoss;

/// <summary>Reads a JSON value, keeping its paths and refusing duplicate names.</summary>
internal static class JsonParser
{
    /// <summary>The path of the value that is read.</summary>
    public const string Root = "$";

    /// <summary>How deep values may be nested.</summary>
    public const int MaxDepth = 1000;

    /// <summary>Reads a whole text, which holds one value.</summary>
    public static object? Parse(ReadOnlySpan<byte> utf8, JsonReaderOptions options = default)
    {
        var reader = new Utf8JsonReader(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8, options);
        Advance(ref reader, Root);
        object? value = ReadValue(ref reader, Root);
        Advance(ref reader, Root); // refuses what follows the value
        return value;
    }

    /// <summary>Reads the value whose first token the reader stands on.</summary>
    public static object? ReadValue(ref Utf8JsonReader reader, string path) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader, path),
        JsonTokenType.StartArray => ReadArray(ref reader, path),
        JsonTokenType.String => ReadText(ref reader, path),
        JsonTokenType.Number => reader.TryGetInt64(out long integer) ? (object)integer : reader.GetDouble(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    private static JsonFields ReadObject(ref Utf8JsonReader reader, string path)
    {
        CheckDepth(reader, path);
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (true)
        {
            Advance(ref reader, path);
            if (reader.TokenType == JsonTokenType.EndObject)
                return new(path, members);
            string name = ReadText(ref reader, path);
            string memberPath = JsonFields.PathOf(path, name);
            Advance(ref reader, memberPath);
            if (!members.TryAdd(name, ReadValue(ref reader, memberPath)))
                throw JsonErrors.At(memberPath, "occurs twice.");
        }
    }

    private static JsonItems ReadArray(ref Utf8JsonReader reader, string path)
    {
        CheckDepth(reader, path);
        for (int i = 0; ; i++)
        {
            string itemPath = JsonFields.PathOf(path, i);
            Advance(ref reader, itemPath);
            if (reader.TokenType == JsonTokenType.EndArray)
                return new(path);
            ReadValue(ref reader, itemPath);
        }
    }

    // Whatever depth the reader was allowed: the stack is ours.
    private static void CheckDepth(in Utf8JsonReader reader, string path)
    {
        if (reader.CurrentDepth > MaxDepth)
            throw JsonErrors.At(path, $"is nested more than {MaxDepth} deep.");
    }

    private static string ReadText(ref Utf8JsonReader reader, string path)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw JsonErrors.At(path, $"holds text that is not valid Unicode: {exception.Message}", exception);
        }
    }

    private static void Advance(ref Utf8JsonReader reader, string path)
    {
        try
        {
            reader.Read();
        }
        catch (JsonException exception)
        {
            throw JsonErrors.Malformed(path, exception);
        }
    }
}
