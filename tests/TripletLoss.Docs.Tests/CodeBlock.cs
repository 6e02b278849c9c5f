using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TripletLoss.Docs.Tests;

/// <summary>A block of C# in a Markdown file, or an example in the library's documentation.</summary>
/// <param name="Source">The file, or the documented member.</param>
/// <param name="Line">Where it begins in the file, or which of the member's examples it is.</param>
/// <param name="Code">The code.</param>
internal sealed record CodeBlock(string Source, int Line, string Code)
{
    private static readonly Regex Fence = new(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline);
    private static readonly Regex Directive = new(@"^using (static )?[\w.]+;$");
    private static readonly Regex Declaration = new(@"^((public|internal|file|static|sealed|abstract|readonly) )*(class|record|struct|interface|enum) ", RegexOptions.Multiline);

    /// <summary>The namespace that it is compiled in, so that no block sees the types of another.</summary>
    public string Namespace => $"{Regex.Replace(Source.Split('(')[0], @"\W+", "_")}_{Line}";

    public static IReadOnlyList<CodeBlock> All() => [.. Repository.Pages.SelectMany(OfPage), .. OfLibrary()];

    /// <summary>
    /// The block as a method of a class. A block with using directives is a whole program and gets nothing more; another one gets the library's
    /// namespaces and what Given.cs has, as does the README's, which says what it leaves out. Types come last, as in any program.
    /// </summary>
    public string AsClass()
    {
        var lines = Code.Split('\n');
        var directives = lines.Where(line => Directive.IsMatch(line)).ToList();
        var rest = string.Join('\n', lines.Where(line => !Directive.IsMatch(line)));
        var types = Declaration.Match(rest) is { Success: true } first ? first.Index : rest.Length;
        if (directives.Count == 0)
            directives = ["using TorchSharp;", "using TripletLoss;", "using static TorchSharp.torch;", "using static Given;"];
        else if (Source == "README.md")
            directives.Add("using static Given;");
        return $$"""
            namespace {{Namespace}};

            {{string.Join('\n', directives)}}

            public static class Block
            {
                public static void Run()
                {
            {{rest[..types]}}
                }
            }

            {{rest[types..]}}
            """;
    }

    private static IEnumerable<CodeBlock> OfPage(string page)
    {
        var text = Repository.Read(page);
        return Fence.Matches(text).Select(match =>
            new CodeBlock(page, text[..match.Index].Count(letter => letter == '\n') + 1, match.Groups["code"].Value));
    }

    // What the library's documentation shows in an editor.
    private static IEnumerable<CodeBlock> OfLibrary() =>
        from member in XDocument.Load(Path.ChangeExtension(typeof(Loss).Assembly.Location, ".xml")).Descendants("member")
        from example in member.Descendants("code").Select((code, index) => (code.Value, Number: index + 1))
        select new CodeBlock(member.Attribute("name")!.Value[2..], example.Number, WithoutIndent(example.Value));

    private static string WithoutIndent(string code)
    {
        var lines = code.Split('\n').Where(line => line.Trim() != "").ToList();
        var indent = lines.Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line[indent..]));
    }
}
