using System.Diagnostics;

namespace TripletLoss.Package.Tests;

/// <summary>A program in a folder of its own, which gets the library from the feed.</summary>
internal sealed class ConsumingProgram
{
    private readonly PackedLibrary _package;
    private readonly string _folder;
    private readonly string _packages;

    /// <param name="package">The library.</param>
    /// <param name="name">The folder beside this project that has the program.</param>
    /// <param name="isOffline">Whether there is no other feed.</param>
    public ConsumingProgram(PackedLibrary package, string name, bool isOffline)
    {
        (_package, _folder, _packages) = (package, Path.Combine(package.Folder, name), Path.Combine(package.Folder, $"{name}.packages"));
        Directory.CreateDirectory(_folder);
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, name)))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        File.Copy(Path.Combine(Build.RepositoryRoot, "eng", "OldLibstdcxx.targets"), Path.Combine(_folder, "OldLibstdcxx.targets"));
        // TorchSharp and its backend take a gigabyte: they are found and read where they were restored for the tests.
        File.WriteAllText(Path.Combine(_folder, "nuget.config"), $"""
            <configuration>
              <packageSources>
                {(isOffline ? "<clear />" : "")}
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

    public string Dotnet(params string[] arguments) => Package.Tests.Dotnet.Run(
        _folder,
        new Dictionary<string, string> { ["NUGET_PACKAGES"] = _packages, ["TripletLossVersion"] = _package.Version, ["BackendVersion"] = Build.TorchSharpVersion },
        arguments);

    /// <summary>What it printed, or the message of what failed.</summary>
    public string TryDotnet(params string[] arguments)
    {
        try
        {
            return Dotnet(arguments);
        }
        catch (InvalidOperationException failure)
        {
            return failure.Message;
        }
    }

    /// <summary>Runs what was built.</summary>
    public string Run(string file)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(_folder, file)) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, output);
        return output;
    }

    public bool CameFromTheFeed(string id) =>
        File.ReadAllText(Path.Combine(_packages, id, _package.Version, ".nupkg.metadata")).Contains(_package.Feed, StringComparison.Ordinal);
}
