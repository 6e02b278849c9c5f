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

    [Fact]
    public void Its_links_into_the_repository_lead_somewhere()
    {
        var links = System.Text.RegularExpressions.Regex.Matches(Readme, @"\]\((?!http)([^)#]+)").Select(match => match.Groups[1].Value);
        links.Should().OnlyContain(link => Path.Exists(Path.Combine(Repository.Root, link)));
    }
}
