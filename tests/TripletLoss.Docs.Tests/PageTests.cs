using System.Text.RegularExpressions;

namespace TripletLoss.Docs.Tests;

public class PageTests
{
    private static readonly string[] Languages = ["```csharp", "```json", "```sh", "```xml", "```text"];

    public static TheoryData<string> Pages => [.. Repository.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_into_the_repository_lead_somewhere(string page)
    {
        var links = Regex.Matches(Repository.Read(page), @"\]\((?!http)(?<file>[^)#]*)(#(?<heading>[^)]+))?\)");
        links.Where(link => !LeadsSomewhere(page, link.Groups["file"].Value, link.Groups["heading"].Value)).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void It_names_only_projects_that_exist(string page)
    {
        var named = Regex.Matches(Repository.Read(page), @"--project (?<project>[\w./]+)").Select(match => match.Groups["project"].Value);
        named.Where(project => !Directory.Exists(Path.Combine(Repository.Root, project))).Should().BeEmpty();
    }

    /// <summary>Or code would stand there that no test compiles.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Its_code_blocks_say_their_language(string page)
    {
        var fences = Regex.Matches(Repository.Read(page), @"^ *```(.*)$", RegexOptions.Multiline).Select(match => match.Value).ToList();
        fences.Where((fence, index) => !(index % 2 == 0 ? Languages : ["```"]).Contains(fence)).Should().BeEmpty();
    }

    private static bool LeadsSomewhere(string page, string file, string heading)
    {
        var target = file == "" ? page : Path.Combine(Path.GetDirectoryName(page)!, file);
        return Path.Exists(Path.Combine(Repository.Root, target)) && (heading == "" || Headings(target).Contains(heading));
    }

    // As GitHub names them.
    private static IEnumerable<string> Headings(string page) => Regex.Matches(Repository.Read(page), "^#+ (.*)$", RegexOptions.Multiline)
        .Select(match => Regex.Replace(match.Groups[1].Value.ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-'));
}
