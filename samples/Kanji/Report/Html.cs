using System.Net;

namespace Kanji;

/// <summary>Parts of a page that many sections need.</summary>
internal static class Html
{
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A box with a title, a line of text, a key to the colours and what it shows.</summary>
    public static string Card(string title, string text, (string Name, string Colour)[] keys, string content, string kind = "") => $"""
        <article{(kind is "" ? "" : $" class=\"{kind}\"")}>
        <h3>{title}</h3>
        <p>{text}</p>
        {(keys is [] ? "" : $"<p class=\"keys\">{string.Concat(keys.Select(key => $"<span class=\"key {key.Colour}\">{key.Name}</span>"))}</p>")}
        {content}
        </article>
        """;

    public static string Section(string title, params string[] cards) => $"""
        <h2>{title}</h2>
        <section>
        {string.Join('\n', cards)}
        </section>
        """;

    /// <summary>A table whose first column names the rows.</summary>
    public static string Table(string[] head, IEnumerable<string[]> rows) =>
        $"<table>{(head is [] ? "" : $"<thead><tr>{Cells("th", head)}</tr></thead>")}<tbody>{string.Concat(rows.Select(row => $"<tr><th>{row[0]}</th>{Cells("td", row[1..])}</tr>"))}</tbody></table>";

    public static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(Html).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().TrimEnd();
    }

    private static string Cells(string tag, IEnumerable<string> cells) => string.Concat(cells.Select(cell => $"<{tag}>{cell}</{tag}>"));
}
