using System.IO.Compression;
using System.Xml.Linq;

namespace TripletLoss.Package.Tests;

/// <summary>A folder feed with the library's package in it, made once for all tests.</summary>
[CollectionDefinition(Name)]
public sealed class PackedLibrary : IDisposable, ICollectionFixture<PackedLibrary>
{
    public const string Name = "packed library";

    public PackedLibrary()
    {
        Pack("TripletLoss");
        using var package = ZipFile.OpenRead(Package);
        Files = [.. package.Entries.Select(entry => entry.FullName)];
        Manifest = XDocument.Load(new MemoryStream(Read("TripletLoss.nuspec")));
        Version = Values("version").Single();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("triplet-loss-package-").FullName;

    public string Feed => Path.Combine(Folder, "feed");

    public string Package => Directory.GetFiles(Feed, "TripletLoss.*.nupkg").Single();

    public IReadOnlyList<string> Files { get; }

    public XDocument Manifest { get; }

    public string Version { get; }

    public IEnumerable<string> Values(string element) => Elements(element).Select(one => one.Value);

    public IEnumerable<XElement> Elements(string name) => Manifest.Descendants().Where(one => one.Name.LocalName == name);

    public byte[] Read(string file)
    {
        using var package = ZipFile.OpenRead(Package);
        using var entry = package.GetEntry(file)!.Open();
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Pack(string project) => Dotnet.Run(
        Build.RepositoryRoot,
        null,
        ["pack", Path.Combine("src", project), "-c", Build.Configuration, "-o", Feed, "--nologo", "-v:quiet"]);
}
