using System.Text;

namespace TripletLoss;

/// <summary>A JSON object as read: where it stands, and its members in order, each name once.</summary>
internal sealed class JsonFields(string path, IReadOnlyDictionary<string, object?> members)
{
    private const int LongestName = 60;
    private const int LongestPath = 240;

    /// <summary>The JSON path of this object.</summary>
    public string Path { get; } = path;

    /// <summary>A member's value: null, bool, long, double, string, <see cref="JsonFields"/> or <see cref="JsonItems"/>.</summary>
    public IReadOnlyDictionary<string, object?> Members { get; } = members;

    /// <summary>The JSON path of a member.</summary>
    public string PathOf(string name) => PathOf(Path, name);

    /// <summary><c>$.config.margin</c>, or <c>$.config['odd name']</c>.</summary>
    public static string PathOf(string parent, string name)
    {
        bool isPlain = name.Length is > 0 and <= LongestName && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
        return Joined(parent, isPlain ? $".{name}" : $"['{Escape(name)}']");
    }

    /// <summary>The path of an array's item.</summary>
    public static string PathOf(string parent, int item) => Joined(parent, $"[{item}]");

    // A path is made for every value, so it must not grow with the document: beyond a length it stays that of an ancestor.
    private static string Joined(string parent, string step) => parent.Length > LongestPath ? parent : parent + step;

    /// <summary>The string under a name; null where it is absent or null.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is something else.</exception>
    public string? OptionalText(string name) => Members.GetValueOrDefault(name) switch
    {
        null => null,
        string text => text,
        var other => throw JsonErrors.At(PathOf(name), $"must be a string, got {ConfigValues.Describe(other)}."),
    };

    private static string Escape(string name)
    {
        var text = new StringBuilder();
        foreach (char letter in name.AsSpan(0, Math.Min(name.Length, LongestName)))
            text.Append(letter is '\'' or '\\' ? $"\\{letter}" : char.IsControl(letter) ? $"\\u{(int)letter:x4}" : $"{letter}");
        return text.Append(name.Length > LongestName ? "..." : "").ToString();
    }
}
