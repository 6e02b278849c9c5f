using System.Text.RegularExpressions;

namespace TripletLoss.Docs.Tests;

/// <summary>A block of C# in a Markdown file.</summary>
internal sealed record CodeBlock(string File, int Line, string Code)
{
    private static readonly Regex Fence = new(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline);
    private static readonly Regex Directive = new(@"^using (static )?[\w.]+;$");
    private static readonly Regex Declaration = new(@"^((public|internal|file|static|sealed|abstract|readonly) )*(class|record|struct|interface|enum) ", RegexOptions.Multiline);

    /// <summary>The class that it is compiled as.</summary>
    public string ClassName => $"{Regex.Replace(Path.GetFileNameWithoutExtension(File), @"\W", "_")}_line_{Line}";

    public static IReadOnlyList<CodeBlock> All()
    {
        var docs = Path.Combine(Repository.Root, "docs");
        var pages = Directory.Exists(docs) ? Directory.GetFiles(docs, "*.md", SearchOption.AllDirectories) : [];
        return [.. pages.Order(StringComparer.Ordinal).Prepend(Path.Combine(Repository.Root, "README.md")).SelectMany(Of)];
    }

    /// <summary>
    /// The block as a method of a class. A block with using directives is a whole program and gets nothing more; another one gets the library's
    /// namespaces and what Given.cs has. Types come last, as in any program.
    /// </summary>
    public string AsClass()
    {
        var lines = Code.Split('\n');
        var directives = lines.Where(line => Directive.IsMatch(line)).ToList();
        var rest = string.Join('\n', lines.Where(line => !Directive.IsMatch(line)));
        var types = Declaration.Match(rest) is { Success: true } first ? first.Index : rest.Length;
        var given = directives.Count > 0 ? directives : ["using TorchSharp;", "using TripletLoss;", "using static TorchSharp.torch;", "using static Given;"];
        return $$"""
            {{string.Join('\n', given)}}

            public static class {{ClassName}}
            {
                public static void Run()
                {
            {{rest[..types]}}
                }
            }

            {{rest[types..]}}
            """;
    }

    private static IEnumerable<CodeBlock> Of(string file)
    {
        var text = System.IO.File.ReadAllText(file).ReplaceLineEndings("\n");
        return Fence.Matches(text).Select(match => new CodeBlock(
            Path.GetRelativePath(Repository.Root, file),
            text[..match.Index].Count(letter => letter == '\n') + 1,
            match.Groups["code"].Value));
    }
}
