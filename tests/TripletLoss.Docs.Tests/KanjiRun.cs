using System.Xml.Linq;

namespace TripletLoss.Docs.Tests;

/// <summary>A short run of the sample over two seeds, and what it wrote.</summary>
public sealed class KanjiRun : IDisposable
{
    public const int Characters = 20;

    public const int Images = Characters * 24;

    public KanjiRun()
    {
        var (exitCode, output, errors) = SampleProgram.Run("Kanji", "--batches", "3", "--seed", "7,8", "--characters", $"{Characters}", "--output", Folder);
        exitCode.Should().Be(0, errors);
        (Output, Html) = (output, File.ReadAllText(Path.Combine(Folder, "report.html")));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("triplet-loss-kanji-").FullName;

    public string Output { get; }

    public string Html { get; }

    /// <summary>The page as XML, which it is on purpose.</summary>
    public XDocument Document => XDocument.Parse(Html);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
