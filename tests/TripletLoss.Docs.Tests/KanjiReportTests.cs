using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TripletLoss.Docs.Tests;

public class KanjiReportTests(KanjiRun run, ITestOutputHelper output) : IClassFixture<KanjiRun>
{
    [Fact]
    public void The_terminal_shows_seen_and_unseen_figures() => run.Output.Should()
        .Contain("Training on 400 characters in 24 typefaces; 20 others are never seen.").And.MatchRegex(@"seed 7: unseen MAP@R 0\.\d+, recall@1 0\.\d+; seen 0\.").And.NotContain("Goal");

    [Fact]
    public void The_page_needs_nothing_else()
    {
        run.Html.Should().NotContainAny("http:", "https:", "@import", "<link");
        run.Document.Descendants().Attributes().Should().NotContain(attribute => attribute.Name == "src" || attribute.Name == "href");
        Regex.Matches(run.Html, @"url\((?!data:)").Should().BeEmpty();
    }

    [Fact]
    public void It_is_light_and_dark_and_has_no_Markdown()
    {
        run.Html.Should().Contain("@media (prefers-color-scheme: dark)");
        string.Concat(run.Document.Descendants("body").Single().Elements().Where(part => part.Name != "script").Select(part => part.Value)).Should().NotContainAny("| ---", "**", "```");
    }

    [Fact]
    public void A_success_is_not_shown_as_an_alarm()
    {
        var good = run.Document.Descendants("p").Single(part => part.Attribute("class")?.Value == "verdict good");
        good.Value.Should().StartWith("✓ No warnings");
        new Kanji.Warning(1, 2, new TripletFinding(TripletFindingKind.AllSatisfied, "")).IsSuccess.Should().BeTrue();
        new Kanji.Warning(1, 2, new TripletFinding(TripletFindingKind.Collapsed, "")).IsSuccess.Should().BeFalse();
    }

    [Theory]
    [InlineData("Loss over the batches", 1, 1)]
    [InlineData("Share of active pairs over the batches", 1, 1)]
    [InlineData("MAP@R over the batches", 2, 2)]
    [InlineData("misses over the batches", 2, 2)]
    public void A_curve_has_a_mean_in_the_band_of_the_seeds(string title, int curves, int points)
    {
        var means = Chart(title).Elements("polyline").Select(PointsOf).ToList();
        var bands = Chart(title).Elements("polygon").Select(PointsOf).ToList();
        means.Should().HaveCount(curves).And.OnlyContain(line => line.Count == points);
        bands.Should().HaveCount(curves).And.OnlyContain(band => band.Count == 2 * points);
        foreach (var (mean, band) in means.Zip(bands))
            mean.Should().OnlyContain(point => band.Where(edge => edge.X == point.X).Min(edge => edge.Y) - 0.11 <= point.Y && band.Where(edge => edge.X == point.X).Max(edge => edge.Y) + 0.11 >= point.Y);
    }

    [Theory]
    [InlineData("Distances before training")]
    [InlineData("Distances after training")]
    public void A_histogram_has_the_distances_of_either_kind(string title)
    {
        var areas = Chart(title).Elements("path").ToList();
        areas.Select(area => area.Attribute("class")!.Value).Should().Equal("area orange", "area blue");
        areas.Should().OnlyContain(area => area.Attribute("d")!.Value.Count(letter => letter == 'H') == 160);
    }

    [Fact]
    public void The_map_has_every_image_and_its_neighbours()
    {
        using var map = JsonDocument.Parse(run.Document.Descendants("script").Single(script => script.Attribute("id")?.Value == "map-data").Value);
        map.RootElement.GetProperty("characters").GetString()!.Length.Should().Be(KanjiRun.Characters);
        foreach (var layer in new[] { "network", "pixels" }.Select(name => map.RootElement.GetProperty(name)))
        {
            layer.GetProperty("places").EnumerateArray().Select(place => place.GetInt32()).Should().HaveCount(2 * KanjiRun.Images).And.OnlyContain(place => place >= 0 && place <= 10_000);
            var nearest = layer.GetProperty("nearest").EnumerateArray().Select(place => place.GetInt32()).Chunk(5).ToList();
            nearest.Should().HaveCount(KanjiRun.Images);
            nearest.Where((row, image) => row.Contains(image)).Should().BeEmpty();
        }
    }

    [Fact]
    public void Hits_and_misses_are_told_apart()
    {
        var rows = run.Document.Descendants("div").Where(div => div.Attribute("class")?.Value == "row").ToList();
        rows.Should().HaveCount(24, "twelve characters and twelve failures");
        foreach (var figures in rows.Select(row => row.Elements("figure").Select(figure => (Kind: figure.Attribute("class")!.Value, Character: figure.Element("i")!.Attribute("title")!.Value[0])).ToList()))
        {
            figures[0].Kind.Should().Be("query");
            figures.Should().HaveCount(9);
            figures.Skip(1).Should().OnlyContain(figure => figure.Kind == (figure.Character == figures[0].Character ? "hit" : "miss"));
        }
    }

    [Fact]
    public void Every_typeface_has_its_figures_whose_mean_is_that_of_all()
    {
        var shares = run.Document.Descendants("span").Where(span => span.Attribute("class")?.Value == "bar").Select(span => double.Parse(span.Value, CultureInfo.InvariantCulture)).ToList();
        shares.Should().HaveCount(24).And.BeInDescendingOrder();
        var map = double.Parse(Regex.Match(run.Output, @"seed 7: unseen MAP@R (0\.\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
        shares.Average().Should().BeApproximately(map, 0.002);
    }

    [Fact]
    public void It_says_how_to_repeat_it() => run.Document.Descendants("article").Single(card => card.Attribute("class")?.Value == "wide repeat").Value.Should()
        .ContainAll("--batches 3 --seed 7,8 --characters 20", "TripletSemiHardLoss", "Adam", "conv 3×3", "TorchSharp 0.", "libtorch", "UTC", "7, 8");

    [Fact]
    public void Vectors_and_metadata_have_a_line_an_image()
    {
        var vectors = File.ReadAllLines(Path.Combine(run.Folder, "vectors.tsv"));
        vectors.Should().HaveCount(KanjiRun.Images);
        vectors.Should().OnlyContain(line => Math.Abs(line.Split('\t', StringSplitOptions.None).Sum(number => Math.Pow(double.Parse(number, CultureInfo.InvariantCulture), 2)) - 1) < 1e-5);
        File.ReadAllLines(Path.Combine(run.Folder, "metadata.tsv")).Should().HaveCount(1 + KanjiRun.Images).And.OnlyContain(line => line.Contains('\t'));
    }

    [Fact]
    public void A_query_shows_the_neighbours_by_the_saved_network()
    {
        var (exitCode, shown, _) = SampleProgram.Run("Kanji", "--query", "昧", "--seed", "7", "--output", run.Folder);
        exitCode.Should().Be(0);
        shown.Should().StartWith("昧 was never seen.").And.ContainAll("Noto Sans Bold", "VL Gothic", "recall@1 ", "Taken for: ");
        var (failed, _, errors) = SampleProgram.Run("Kanji", "--query", "x", "--seed", "7", "--output", run.Folder);
        (failed, errors[..42]).Should().Be((2, "'x' is not among the 600 characters. Unsee"));
    }

    [Fact]
    public void A_picture_shows_neighbours()
    {
        var file = Path.Combine(run.Folder, "picture.png");
        SampleProgram.Run("Kanji", "--picture", file, "--seed", "7", "--characters", "20", "--output", run.Folder).ExitCode.Should().Be(0);
        var bytes = File.ReadAllBytes(file);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
        var content = bytes.AsSpan().IndexOf("IDAT"u8) + 4;
        using var pixels = new ZLibStream(new MemoryStream(bytes[content..]), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        pixels.CopyTo(unpacked);
        unpacked.Length.Should().Be((width + 1) * height);
        bytes.Length.Should().BeLessThan(150_000);
    }

    [Theory]
    [InlineData(1400, false)]
    [InlineData(1400, true)]
    [InlineData(500, false)]
    [InlineData(420, true)]
    public void Chromium_shows_it(int width, bool isDark)
    {
        if (Chromium.Find() is not { } chromium)
        {
            output.WriteLine("Chromium is not installed, so the page was not rendered.");
            return;
        }

        var shown = new Chromium(chromium).Measure(run.Html, width, isDark);
        output.WriteLine($"Chromium, {width} wide, {(isDark ? "dark" : "light")}: {shown}");
        shown.Should().Be(new Rendered(Charts: 6, BlankThumbs: 0, CutCards: 0, WiderThanWindow: false, MapIsDrawn: true, TipIsShown: true, IsDark: isDark));
    }

    private XElement Chart(string title) => run.Document.Descendants("svg").Single(svg => svg.Attribute("aria-label")!.Value == title);

    private static List<(double X, double Y)> PointsOf(XElement line) =>
        [.. line.Attribute("points")!.Value.Split(' ').Select(point => point.Split(',')).Select(point => (double.Parse(point[0], CultureInfo.InvariantCulture), double.Parse(point[1], CultureInfo.InvariantCulture)))];
}
