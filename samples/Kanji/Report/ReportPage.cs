using static Kanji.Display;

namespace Kanji;

/// <summary>Everything that a run found as one HTML file that needs nothing else.</summary>
internal static class ReportPage
{
    public static string Of(Findings findings)
    {
        var (run, unseen) = (findings.Runs[0], findings.Unseen);
        using var pixels = unseen.Images.flatten(1);
        var (byPixels, byNetwork) = (Ranking.Of(pixels, unseen), Ranking.Of(run.After, unseen));
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>Kanji: what the network learned</title>
            <style>
            {{Html.Resource("page.css")}}
            .thumb { --columns: {{Sprite.Columns}}; --sprite: url({{Sprite.Of(unseen)}}); }
            </style>
            </head>
            <body>
            <header>
            <h1>{{unseen.Characters.Count}} kanji that the network never saw</h1>
            <p>{{Html.Text(RepeatSection.Setting(findings))}}</p>
            </header>
            <section class="tiles">
            {{Tile("MAP@R, unseen", $"all images of a character come first; the pixels reach {Number(findings.Pixels.MapAtR)}", Number(findings.Untrained.MapAtR), Number(findings.Trained.MapAtR))}}
            {{Tile("recall@1, unseen", $"the nearest image is of the same character; the pixels reach {Number(findings.Pixels.RecallAt1)}", Number(findings.Untrained.RecallAt1), Number(findings.Trained.RecallAt1))}}
            {{Tile("MAP@R, seen", "the same among as many characters that were trained on", Number(findings.Looks[0].Seen!.MapAtR), Number(findings.Looks[^1].Seen!.MapAtR))}}
            </section>
            {{WarningList.Of(findings)}}
            {{TrainingSection.Of(findings)}}
            {{RetrievalSection.Of(findings)}}
            <p class="note">From here on: the network of seed {{run.Seed}}.</p>
            {{DistanceSection.Of(findings)}}
            {{MapSection.Of(findings, pixels, byPixels, byNetwork)}}
            {{NeighbourSection.Of(unseen, byNetwork)}}
            {{TypefaceSection.Of(unseen, byPixels, byNetwork)}}
            {{BatchSection.Of(run.Report)}}
            {{RepeatSection.Of(findings)}}
            <script>
            //<![CDATA[
            {{Html.Resource("page.js")}}
            //]]>
            </script>
            </body>
            </html>

            """;
    }

    private static string Tile(string name, string meaning, string before, string after) =>
        $"<article class=\"tile\"><h3>{name}</h3><p class=\"big\"><span>{before} →</span> {after}</p><p>{meaning}</p></article>";
}
