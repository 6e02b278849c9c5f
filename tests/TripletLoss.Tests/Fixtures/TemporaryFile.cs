namespace TripletLoss.Tests;

/// <summary>A place for a file in a folder of its own, which goes with it.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("triplet-loss-tests-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "file");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
