using System.Globalization;
using System.Text.RegularExpressions;

namespace TripletLoss.Package.Tests;

/// <summary>A program outside the repository, with packages of its own and no feed but one folder.</summary>
[Collection(PackedLibrary.Name)]
public class PackageConsumptionTests(PackedLibrary package)
{
    private readonly string _program = Path.Combine(package.Folder, "consumer");
    private readonly string _packages = Path.Combine(package.Folder, "packages");

    [Fact]
    public void It_trains_three_steps()
    {
        CopyProgram();
        var environment = new Dictionary<string, string> { ["NUGET_PACKAGES"] = _packages };
        Dotnet.Run(_program, environment, [
            "build", "-c", "Release", "--nologo", "-v:quiet", $"-p:TripletLossVersion={package.Version}",
            $"-p:BackendVersion={Build.TorchSharpVersion}"]);
        var output = Dotnet.Run(_program, environment, Path.Combine("bin", "Release", "net10.0", "Consumer.dll"));

        var values = Regex.Matches(output, @"^step \d: (.*)$", RegexOptions.Multiline)
            .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        values.Should().HaveCount(3).And.BeInDescendingOrder().And.OnlyContain(value => value > 0 && value < 100);
        output.Should().Contain("\"class_name\":\"TripletSemiHardLoss\"");
        CameFromTheFeed("tripletloss").Should().BeTrue();
    }

    private bool CameFromTheFeed(string id) =>
        File.ReadAllText(Path.Combine(_packages, id, package.Version, ".nupkg.metadata")).Contains(package.Feed, StringComparison.Ordinal);

    // TorchSharp and its backend take a gigabyte: they are found and read where they were restored for the tests.
    private void CopyProgram()
    {
        Directory.CreateDirectory(_program);
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Consumer")))
            File.Copy(file, Path.Combine(_program, Path.GetFileName(file)));
        File.Copy(Path.Combine(Build.RepositoryRoot, "eng", "OldLibstdcxx.targets"), Path.Combine(_program, "OldLibstdcxx.targets"));
        File.WriteAllText(Path.Combine(_program, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{package.Feed}" />
                <add key="restored" value="{Build.PackageFolder}" />
              </packageSources>
              <fallbackPackageFolders>
                <clear />
                <add key="restored" value="{Build.PackageFolder}" />
              </fallbackPackageFolders>
            </configuration>
            """);
    }
}
