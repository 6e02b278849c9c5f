using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TripletLoss.Docs.Tests;

/// <summary>What Chromium made of a page: charts with text within their bounds, thumbnails without a picture, cards whose content does not fit, whether the map has dots, and what pointing at one shows.</summary>
public sealed record Rendered(int Charts, int BlankThumbs, int CutCards, bool WiderThanWindow, bool MapIsDrawn, bool TipIsShown, bool IsDark);

/// <summary>Renders a page without a window and measures it there.</summary>
internal sealed class Chromium(string program)
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private const string Probe = """
        <script>
        const within = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
        const boxOf = element => element.getBoundingClientRect();
        show(0);
        document.title = "rendered:" + JSON.stringify({
          Charts: [...document.querySelectorAll("svg")].filter(svg => boxOf(svg).width > 300 && [...svg.querySelectorAll("text")].every(text => within(boxOf(text), boxOf(svg)))).length,
          BlankThumbs: [...document.querySelectorAll(".thumb")].filter(thumb => getComputedStyle(thumb).display !== "none" && !(boxOf(thumb).width > 20 && getComputedStyle(thumb).maskImage.startsWith("url(\"data:image/png"))).length,
          CutCards: [...document.querySelectorAll("article:not(.wide)")].filter(card => card.scrollWidth > card.clientWidth).length,
          WiderThanWindow: document.documentElement.scrollWidth > document.documentElement.clientWidth,
          MapIsDrawn: pen.getImageData(0, 0, canvas.width, canvas.height).data.some(value => value > 0),
          TipIsShown: boxOf(document.getElementById("tip")).width > 90,
          IsDark: parseInt(getComputedStyle(document.body).backgroundColor.split("(")[1]) < 64
        });
        </script>
        """;

    /// <summary>The program, or null where there is none.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    public Rendered Measure(string html, int width, bool isDark)
    {
        var folder = Directory.CreateTempSubdirectory("triplet-loss-chromium-").FullName;
        var page = Path.Combine(folder, "page.html");
        File.WriteAllText(page, html.Replace("</body>", Probe + "</body>", StringComparison.Ordinal));
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={Path.Combine(folder, "profile")}", $"--window-size={width},900",
            $"--blink-settings=preferredColorScheme={(isDark ? 0 : 1)}", "--dump-dom", new Uri(page).AbsoluteUri,
        ];
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginErrorReadLine();
        var dom = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Directory.Delete(folder, recursive: true);
        var title = Regex.Match(dom, "<title>rendered:(?<found>.*?)</title>");
        title.Success.Should().BeTrue("the page's scripts run, but Chromium gave {0}", dom.Length > 300 ? dom[..300] : dom);
        return JsonSerializer.Deserialize<Rendered>(title.Groups["found"].Value)!;
    }
}
