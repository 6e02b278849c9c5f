namespace TripletLoss.Docs.Tests;

/// <summary>Where the files are that people read.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The pages, with forward slashes.</summary>
    public static IReadOnlyList<string> Pages { get; } =
        ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "samples/README.md", .. Directory.GetFiles(Path.Combine(Root, "docs"), "*.md").Select(page => $"docs/{Path.GetFileName(page)}").Order(StringComparer.Ordinal)];

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path])).ReplaceLineEndings("\n");

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "TripletLoss.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("TripletLoss.sln is in no folder above the tests."));
}
