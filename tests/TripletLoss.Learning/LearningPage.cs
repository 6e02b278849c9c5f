namespace TripletLoss.Learning;

/// <summary>A page whose text between two marks is written by this program; the rest is by hand.</summary>
internal static class LearningPage
{
    private const string Begin = "<!-- learning: begin -->";
    private const string End = "<!-- learning: end -->";

    public static void Put(string path, string report)
    {
        var page = File.ReadAllText(path);
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
            throw new InvalidOperationException($"{path} has no '{Begin}' followed by '{End}'.");
        File.WriteAllText(path, $"{page[..begin]}{Begin}\n\n{report}\n{page[end..]}");
    }
}
