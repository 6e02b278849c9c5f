using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TripletLoss.Docs.Tests;

public class DigitsReportTests(DigitsRun run, ITestOutputHelper output) : IClassFixture<DigitsRun>
{
    [Fact]
    public void The_page_needs_nothing_else()
    {
        run.Html.Should().NotContainAny("http:", "https:", "@import", "<link");
        var page = run.Document;
        page.Descendants().Attributes().Should().NotContain(attribute => attribute.Name == "src" || attribute.Name == "href");
        Regex.Matches(run.Html, @"url\((?!data:)").Should().BeEmpty();
    }

    [Fact]
    public void It_is_light_and_dark() => run.Html.Should().Contain("@media (prefers-color-scheme: dark)");

    [Theory]
    [InlineData("Loss over the batches", 1)]
    [InlineData("Share of active pairs over the batches", 1)]
    [InlineData("MAP@R and recall@1 over the batches", 2)]
    public void A_curve_has_a_line_for_each_seed_and_for_the_mean(string title, int curves)
    {
        var lines = Chart(title).Elements("polyline").ToList();
        lines.Should().HaveCount(3 * curves);
        var points = curves == 2 ? DigitsRun.Checkpoints : DigitsRun.Checkpoints - 1;
        lines.Should().OnlyContain(line => line.Attribute("points")!.Value.Split(' ', StringSplitOptions.None).Length == points);
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

    [Theory]
    [InlineData("Map before training")]
    [InlineData("Map after training")]
    public void A_map_has_a_dot_for_every_held_out_image(string title)
    {
        var dots = Chart(title).Elements("circle").ToList();
        dots.Select(dot => int.Parse(dot.Attribute("data-image")!.Value, CultureInfo.InvariantCulture)).Should().Equal(Enumerable.Range(0, DigitsRun.HeldOut));
        var digits = File.ReadAllLines(Path.Combine(run.Folder, "metadata.tsv"));
        dots.Select(dot => dot.Attribute("data-digit")!.Value).Should().Equal(digits);
    }

    [Fact]
    public void Hits_and_misses_are_told_apart()
    {
        var rows = run.Document.Descendants("div").Where(div => div.Attribute("class")?.Value == "row").ToList();
        rows.Should().HaveCount(20, "ten digits and ten failures");
        foreach (var figures in rows.Select(row => row.Elements("figure").Select(figure => (Kind: figure.Attribute("class")!.Value, Digit: figure.Value[0])).ToList()))
        {
            figures[0].Kind.Should().Be("query");
            figures.Should().HaveCount(9);
            figures.Skip(1).Should().OnlyContain(figure => figure.Kind == (figure.Digit == figures[0].Digit ? "hit" : "miss"));
        }
    }

    [Fact]
    public void Vectors_and_metadata_have_a_line_an_image()
    {
        var vectors = File.ReadAllLines(Path.Combine(run.Folder, "vectors.tsv"));
        vectors.Should().HaveCount(DigitsRun.HeldOut);
        vectors.Should().OnlyContain(line => Math.Abs(line.Split('\t', StringSplitOptions.None).Sum(number => Math.Pow(double.Parse(number, CultureInfo.InvariantCulture), 2)) - 1) < 1e-5);
        File.ReadAllLines(Path.Combine(run.Folder, "metadata.tsv")).Should().HaveCount(DigitsRun.HeldOut).And.OnlyContain(line => line.Length == 1);
    }

    [Theory]
    [InlineData(1200, false)]
    [InlineData(1200, true)]
    [InlineData(500, false)]
    [InlineData(380, false)]
    public void Chromium_shows_it(int width, bool isDark)
    {
        if (Chromium.Find() is not { } chromium)
        {
            output.WriteLine("Chromium is not installed, so the page was not rendered.");
            return;
        }

        var shown = new Chromium(chromium).Measure(run.Html, width, isDark);
        output.WriteLine($"Chromium, {width} wide, {(isDark ? "dark" : "light")}: {shown}");
        shown.Should().Be(new Rendered(Charts: 7, Thumbs: 181, CutCards: 0, WiderThanWindow: false, TipIsShown: true, IsDark: isDark));
    }

    private XElement Chart(string title) => run.Document.Descendants("svg").Single(svg => svg.Attribute("aria-label")!.Value == title);
}
