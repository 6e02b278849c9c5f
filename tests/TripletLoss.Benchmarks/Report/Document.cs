namespace TripletLoss.Benchmarks;

/// <summary>A page whose text between two marks is written by this program; the rest is by hand.</summary>
internal static class Document
{
    private const string Begin = "<!-- benchmarks: begin -->";
    private const string End = "<!-- benchmarks: end -->";

    /// <summary>Puts the report between the marks of the page, or makes a page of it.</summary>
    public static void Put(string path, string report)
    {
        string measured = $"{Begin}\n\n{report}\n{End}";
        string page = File.Exists(path) ? File.ReadAllText(path) : $"{Begin}\n{End}\n";
        int begin = page.IndexOf(Begin, StringComparison.Ordinal);
        int end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidOperationException($"{path} has no '{Begin}' followed by '{End}'.");
        File.WriteAllText(path, page[..begin] + measured + page[(end + End.Length)..]);
    }
}
