using System.Text;
using System.Text.Json;

namespace TripletLoss.Tests.Configuration;

/// <summary>JSON that can be edited into what no serializer would write: members are a list, and may repeat.</summary>
internal sealed class JsonTree
{
    private JsonTree(string? literal) => Literal = literal;

    /// <summary>A value that is no object, as written.</summary>
    public string? Literal { get; set; }

    public List<(string Name, JsonTree Value)> Members { get; } = [];

    public static JsonTree Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    public static JsonTree Of(string literal) => new(literal);

    /// <summary>This object and those within.</summary>
    public IEnumerable<JsonTree> Objects() =>
        Literal is not null ? [] : Members.SelectMany(member => member.Value.Objects()).Prepend(this);

    public override string ToString()
    {
        if (Literal is not null)
            return Literal;
        var text = new StringBuilder("{");
        text.AppendJoin(", ", Members.Select(member => $"{JsonSerializer.Serialize(member.Name)}: {member.Value}"));
        return text.Append('}').ToString();
    }

    private static JsonTree Of(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return new(element.GetRawText());
        var tree = new JsonTree((string?)null);
        tree.Members.AddRange(element.EnumerateObject().Select(property => (property.Name, Of(property.Value))));
        return tree;
    }
}
