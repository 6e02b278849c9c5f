namespace TripletLoss.Docs.Tests;

public class ReadmeTests
{
    private static readonly string Readme = Repository.Read("README.md");

    [Fact]
    public void Its_table_names_every_loss()
    {
        var losses = typeof(Loss).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Loss)));
        losses.Should().OnlyContain(loss => Readme.Contains($"| `{loss.Name}` |"));
    }

    [Fact]
    public void It_names_only_make_targets_that_exist()
    {
        var makefile = Repository.Read("Makefile");
        var named = System.Text.RegularExpressions.Regex.Matches(Readme, "`make ([a-z]+)").Select(match => match.Groups[1].Value);
        named.Should().OnlyContain(target => makefile.Contains($"\n{target}:"));
    }

    public static TheoryData<string> Pages =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(page => $"docs/{Path.GetFileName(page)}"), "README.md", "samples/README.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_into_the_repository_lead_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        var links = System.Text.RegularExpressions.Regex.Matches(Repository.Read(page), @"\]\((?!http)([^)#]+)").Select(match => match.Groups[1].Value);
        links.Where(link => !Path.Exists(Path.Combine(folder, link))).Should().BeEmpty();
    }
}
