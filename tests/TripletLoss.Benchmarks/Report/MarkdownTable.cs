using System.Text;

namespace TripletLoss.Benchmarks;

/// <summary>A table in Markdown; columns whose heading begins with a blank hold numbers and are set to the right.</summary>
internal sealed class MarkdownTable(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length != headings.Length)
            throw new ArgumentException($"A row must have {headings.Length} cells, got {cells.Length}.", nameof(cells));
        _rows.Add(cells);
    }

    /// <summary>The table, or nothing when it has no rows.</summary>
    public override string ToString()
    {
        if (_rows.Count == 0)
            return "";
        var text = new StringBuilder();
        Append(text, headings.Select(heading => heading.Trim()));
        Append(text, headings.Select(heading => heading.StartsWith(' ') ? "---:" : "---"));
        foreach (string[] row in _rows)
            Append(text, row);
        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
