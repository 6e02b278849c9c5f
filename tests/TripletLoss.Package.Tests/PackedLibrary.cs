using System.IO.Compression;
using System.Xml.Linq;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace TripletLoss.Package.Tests;

/// <summary>A folder feed with the library's package in it, made once for all tests.</summary>
[CollectionDefinition(Name)]
public sealed class PackedLibrary : IDisposable, ICollectionFixture<PackedLibrary>
{
    public const string Name = "packed library";

    public PackedLibrary(IMessageSink messages)
    {
        Pack("TripletLoss");
        if (!Build.HasRealTorchSharp)
        {
            messages.OnMessage(new DiagnosticMessage(
                $"TorchSharp's own package is not used here ({Build.TorchSharpSourceReason}): src/TorchSharp.Libtorch is packed under its name into the test's feed."));
            Pack("TorchSharp.Libtorch");
        }

        using var package = ZipFile.OpenRead(Directory.GetFiles(Feed, "TripletLoss.*.nupkg").Single());
        Files = [.. package.Entries.Select(entry => entry.FullName)];
        using var manifest = package.GetEntry("TripletLoss.nuspec")!.Open();
        Manifest = XDocument.Load(manifest);
        Version = Values("version").Single();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("triplet-loss-package-").FullName;

    public string Feed => Path.Combine(Folder, "feed");

    public IReadOnlyList<string> Files { get; }

    public XDocument Manifest { get; }

    public string Version { get; }

    public IEnumerable<string> Values(string element) => Elements(element).Select(one => one.Value);

    public IEnumerable<XElement> Elements(string name) => Manifest.Descendants().Where(one => one.Name.LocalName == name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Pack(string project) => Dotnet.Run(
        Build.RepositoryRoot,
        null,
        ["pack", Path.Combine("src", project), "-c", Build.Configuration, "-o", Feed, "--nologo", "-v:quiet", $"-p:TorchSharpSource={Build.TorchSharpSource}"]);
}
