using System.Text;

namespace TripletLoss;

/// <summary>A JSON object as read: where it stands, and its members in order, each name once.</summary>
internal sealed class JsonFields(string path, IReadOnlyDictionary<string, object?> members)
{
    /// <summary>The JSON path of this object.</summary>
    public string Path { get; } = path;

    /// <summary>A member's value: null, bool, long, double, string, <see cref="JsonFields"/> or <see cref="JsonItems"/>.</summary>
    public IReadOnlyDictionary<string, object?> Members { get; } = members;

    /// <summary>The JSON path of a member.</summary>
    public string PathOf(string name) => PathOf(Path, name);

    /// <summary><c>$.config.margin</c>, or <c>$.config['odd name']</c>.</summary>
    public static string PathOf(string parent, string name)
    {
        bool isPlain = name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
        return isPlain ? $"{parent}.{name}" : $"{parent}['{Escape(name)}']";
    }

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
        foreach (char letter in name)
            text.Append(letter is '\'' or '\\' ? $"\\{letter}" : char.IsControl(letter) ? $"\\u{(int)letter:x4}" : $"{letter}");
        return text.ToString();
    }
}
