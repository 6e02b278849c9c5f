using System.Text;
using System.Text.RegularExpressions;

namespace TripletLoss.Package.Tests;

[Collection(PackedLibrary.Name)]
public class PackageContentTests(PackedLibrary package)
{
    [Fact]
    public void TorchSharp_is_its_only_dependency()
    {
        package.Elements("dependency").Select(one => one.Attribute("id")!.Value).Distinct().Should().Equal("TorchSharp");
        package.Elements("group").Select(one => one.Attribute("targetFramework")!.Value).Should().BeEquivalentTo("net8.0", "net10.0");
    }

    [Fact]
    public void It_asks_for_the_TorchSharp_that_it_is_tested_with_and_none_beyond() =>
        package.Elements("dependency").Select(one => one.Attribute("version")!.Value).Should().OnlyContain(version => version == $"[{Build.TorchSharpVersion}, 0.108.0)");

    [Fact]
    public void Its_readme_links_to_whole_addresses() =>
        Regex.Matches(Encoding.UTF8.GetString(package.Read("README.md")), @"\]\((?!https://)").Should().BeEmpty("a package's page has no files beside it");

    [Fact]
    public void It_holds_the_library_its_documentation_a_readme_and_the_licence()
    {
        package.Files.Where(file => !file.StartsWith("_rels/") && !file.StartsWith("package/") && file != "[Content_Types].xml").Should().BeEquivalentTo(
            "TripletLoss.nuspec",
            "README.md",
            "buildTransitive/TripletLoss.targets",
            "icon.png",
            "LICENSE",
            "lib/net8.0/TripletLoss.dll",
            "lib/net8.0/TripletLoss.xml",
            "lib/net10.0/TripletLoss.dll",
            "lib/net10.0/TripletLoss.xml");
        package.Values("license").Should().Equal("MIT");
        package.Values("readme").Should().Equal("README.md");
        package.Values("icon").Should().Equal("icon.png");
    }

    /// <summary>Or the same commit would give other bytes in another folder.</summary>
    [Fact]
    public void It_holds_no_path_of_the_machine_that_built_it()
    {
        foreach (var library in package.Files.Where(file => file.EndsWith(".dll", StringComparison.Ordinal)))
            Encoding.Latin1.GetString(package.Read(library)).Should().Contain("TripletLoss.pdb").And.NotContain(Build.RepositoryRoot, "that is where {0} was built", library);
    }

    [Fact]
    public void It_says_what_it_is()
    {
        package.Values("description").Single().Should().Contain("TorchSharp");
        package.Values("tags").Single().Split(' ').Should().Contain(["triplet-loss", "metric-learning", "torchsharp"]);
        package.Values("authors").Single().Should().NotBeEmpty();
        package.Elements("repository").Single().Attribute("commit")!.Value.Should().HaveLength(40);
    }

    [Fact]
    public void Symbols_come_beside_it() =>
        Directory.GetFiles(package.Feed, "TripletLoss.*.snupkg").Should().ContainSingle();
}
