using System.Text.Json;

namespace TripletLoss;

/// <summary>A JSON object: where it stands, and its members in order, each name once.</summary>
internal sealed class JsonFields(string path, IReadOnlyDictionary<string, object?> members)
{
    /// <summary>The JSON path of this object.</summary>
    public string Path { get; } = path;

    /// <summary>A member's value: null, bool, long, double, string, or a <see cref="JsonElement"/> that is an object or an array.</summary>
    public IReadOnlyDictionary<string, object?> Members { get; } = members;

    /// <summary>The members of an object; null for any other value.</summary>
    /// <exception cref="JsonException">A name occurs twice, or text is not Unicode.</exception>
    public static JsonFields? Of(object? value, string path)
    {
        if (value is not JsonElement { ValueKind: JsonValueKind.Object } element)
            return null;
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            string name = JsonParser.Unicode(path, member, named => named.Name);
            string memberPath = JsonPath.Of(path, name);
            if (!members.TryAdd(name, JsonParser.ValueOf(member.Value, memberPath)))
                throw JsonErrors.At(memberPath, "occurs twice.");
        }
        return new(path, members);
    }

    /// <summary>The JSON path of a member.</summary>
    public string PathOf(string name) => JsonPath.Of(Path, name);

    /// <summary>The object under a name; null where it is anything else.</summary>
    public JsonFields? Object(string name) => Of(Members.GetValueOrDefault(name), PathOf(name));

    /// <summary>The string under a name; null where it is absent or null.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public string? OptionalText(string name) => Members.GetValueOrDefault(name) switch
    {
        null => null,
        string text => text,
        var other => throw JsonErrors.At(PathOf(name), $"must be a string, got {ConfigValues.Describe(other)}."),
    };
}
