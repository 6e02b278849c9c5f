using System.Reflection;

namespace TripletLoss.Package.Tests;

/// <summary>What the build knows and the tests need.</summary>
internal static class Build
{
    public static string RepositoryRoot { get; } = Value("RepositoryRoot");

    public static string Configuration { get; } = Value("Configuration");

    public static string TorchSharpVersion { get; } = Value("TorchSharpVersion");

    public static string PackageFolder { get; } = Value("PackageFolder");

    private static string Value(string key) =>
        typeof(Build).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(one => one.Key == key).Value ?? "";
}
