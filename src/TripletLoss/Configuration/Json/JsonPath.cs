using System.Text;
using System.Text.Json;

namespace TripletLoss;

/// <summary>Where values stand in a JSON document.</summary>
internal static class JsonPath
{
    private const int LongestName = 60;
    private const int LongestPath = 240;

    /// <summary><c>$.config.margin</c>, or <c>$.config['odd name']</c>.</summary>
    public static string Of(string parent, string name)
    {
        bool isPlain = name.Length is > 0 and <= LongestName && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
        return Joined(parent, isPlain ? $".{name}" : $"['{Escape(name)}']");
    }

    /// <summary>The path of an array's item.</summary>
    public static string Of(string parent, int item) => Joined(parent, $"[{item}]");

    /// <summary>The path of the value at which a text ceases to be JSON.</summary>
    public static string OfEnd(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        // The objects and arrays that are open, with the number of items so far; −1: an object.
        var open = new Stack<(string Path, int Items)>();
        string path = JsonParser.Root;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    open.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
                else if (reader.TokenType is JsonTokenType.PropertyName)
                    path = Of(open.Peek().Path, reader.GetString()!);
                else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                    open.Pop();
                if (reader.TokenType is not JsonTokenType.PropertyName)
                    path = Next(open, isItemDone: reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray));
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The end was reached: text that is not JSON, or a name that is not Unicode.
        }
        return path;
    }

    private static string Next(Stack<(string Path, int Items)> open, bool isItemDone)
    {
        if (!open.TryPop(out var parent))
            return JsonParser.Root;
        if (isItemDone && parent.Items >= 0)
            parent.Items++;
        open.Push(parent);
        return parent.Items < 0 ? parent.Path : Of(parent.Path, parent.Items);
    }

    // A path must not grow with the document: beyond a length it stays that of an ancestor.
    private static string Joined(string parent, string step) => parent.Length > LongestPath ? parent : parent + step;

    private static string Escape(string name)
    {
        var text = new StringBuilder();
        foreach (char letter in name.AsSpan(0, Math.Min(name.Length, LongestName)))
            text.Append(letter is '\'' or '\\' ? $"\\{letter}" : char.IsControl(letter) ? $"\\u{(int)letter:x4}" : $"{letter}");
        return text.Append(name.Length > LongestName ? "..." : "").ToString();
    }
}
