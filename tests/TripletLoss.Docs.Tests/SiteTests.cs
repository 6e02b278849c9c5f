using System.Diagnostics;
using System.Text.Json;

namespace TripletLoss.Docs.Tests;

public class SiteTests
{
    /// <summary>
    /// By the command of CONTRIBUTING.md, into another folder. But the tool is named with its version: one that was restored while the packages lay elsewhere
    /// is neither found nor restored anew.
    /// </summary>
    [Fact]
    public async Task The_site_of_the_documentation_is_built_without_warnings()
    {
        var folder = Directory.CreateTempSubdirectory("triplet-loss-site-").FullName;
        using var tools = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, ".config", "dotnet-tools.json")));
        var docfx = $"docfx@{tools.RootElement.GetProperty("tools").GetProperty("docfx").GetProperty("version").GetString()}";
        var (had, told) = await Run("tool", "exec", "--yes", docfx, "--", "--version");
        Assert.SkipWhen(had != 0, $"the tool docfx cannot be had here: {told}");
        var (built, printed) = await Run("tool", "exec", "--yes", docfx, "--", Path.Combine("docs", "docfx.json"), "--warningsAsErrors", "--output", folder);
        built.Should().Be(0, printed);
        File.ReadAllText(Path.Combine(folder, "index.html")).Should().Contain("TripletLoss");
        File.Exists(Path.Combine(folder, "api", "TripletLoss.TripletSemiHardLoss.html")).Should().BeTrue();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(int ExitCode, string Printed)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        // The test runner's own settings would reach into the build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output + await errors);
    }
}
