using System.Diagnostics;
using System.Runtime.Loader;

namespace TripletLoss.Docs.Tests;

/// <summary>All code blocks as one assembly, compiled once.</summary>
public sealed class CompiledBlocks : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("triplet-loss-docs-").FullName;

    public CompiledBlocks()
    {
        var here = AppContext.BaseDirectory;
        File.Copy(Path.Combine(here, "Given.cs"), Path.Combine(_folder, "Given.cs"));
        foreach (var block in CodeBlock.All())
            File.WriteAllText(Path.Combine(_folder, block.Namespace + ".cs"), block.AsClass());
        File.WriteAllText(Path.Combine(_folder, "Blocks.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{Path.Combine(here, "TripletLoss.dll")}" Private="false" />
                <Reference Include="{Path.Combine(here, "TripletLoss.Mpi.dll")}" Private="false" />
                <Reference Include="{Path.Combine(here, "TorchSharp.dll")}" Private="false" />
              </ItemGroup>
            </Project>
            """);
        Compile();
        Assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(_folder, "out", "Blocks.dll"));
    }

    public System.Reflection.Assembly Assembly { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Compile()
    {
        var start = new ProcessStartInfo("dotnet", ["build", "-o", "out", "--nologo", "-v:quiet"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"A code block of the documentation does not compile:\n{output}");
    }
}
