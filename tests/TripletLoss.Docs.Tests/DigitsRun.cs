using System.Xml.Linq;

namespace TripletLoss.Docs.Tests;

/// <summary>A short run of the sample, and what it wrote.</summary>
public sealed class DigitsRun : IDisposable
{
    public const int HeldOut = 899;

    /// <summary>Before training, after two epochs of 11 batches and at the end.</summary>
    public const int Checkpoints = 4;

    public DigitsRun()
    {
        SampleProgram.Run("Digits", "--batches", "30", "--seed", "7,8", "--output", Folder).ExitCode.Should().Be(0);
        Html = File.ReadAllText(Page);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("triplet-loss-digits-").FullName;

    public string Page => Path.Combine(Folder, "report.html");

    public string Html { get; }

    /// <summary>The page as XML, which it is on purpose.</summary>
    public XDocument Document => XDocument.Parse(Html);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
