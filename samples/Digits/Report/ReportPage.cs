using System.Net;
using static Digits.Display;

namespace Digits;

/// <summary>Everything that a run found as one HTML file that needs nothing else.</summary>
internal static class ReportPage
{
    public static string Of(Findings findings)
    {
        var (first, last) = (findings.Means[0], findings.Means[^1]);
        var (run, labels) = (findings.Runs[0], findings.HeldOut.Labels);
        var (usual, failing) = Neighbours.Lists(run.After, findings.HeldOut);
        var unit = run.LastReport.Unit.ToString().ToLowerInvariant();
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>Digits: what the network learned</title>
            <style>
            {{Resource("page.css")}}
            .thumb { background-image: url({{Sprite.Of(findings.HeldOut)}}); }
            </style>
            </head>
            <body>
            <header>
            <h1>What the network learned</h1>
            <p>{{Setting(findings)}}</p>
            </header>
            <section class="tiles">
            {{Tile("MAP@R", "a digit's images come first", Number(first.MapAtR), Number(last.MapAtR))}}
            {{Tile("recall@1", "the nearest neighbour is right", Number(first.RecallAt1), Number(last.RecallAt1))}}
            {{Tile("held-out loss", "all images as one batch", LossNumber(first.Loss), LossNumber(last.Loss))}}
            {{Tile($"active {unit}", "first epoch to last", Percent(findings.Means[1].ActiveShare), Percent(last.ActiveShare))}}
            </section>
            {{Warnings(findings)}}
            <h2>Training</h2>
            <section>
            {{Card("Loss", "Mean over the batches of each epoch.", [("training loss", "blue")],
                LineChart.Of("Loss over the batches", findings, "loss", null, loss => $"{loss:G3}", new Curve("training loss", "blue", one => one.TrainingLoss)))}}
            {{Card($"Active {unit}", $"Share of {unit} of the epoch's last batch that still have a loss. At 0 there is nothing left to learn from.", [($"active {unit}", "orange")],
                LineChart.Of($"Share of active {unit} over the batches", findings, $"share of {unit}", 1, Percent, new Curve($"active {unit}", "orange", one => one.ActiveShare)))}}
            </section>
            <h2>Held-out images</h2>
            <section>
            {{Card("Retrieval", "Every image looks for its digit among all others. Dashed: the 64 pixels themselves as vectors.", [("MAP@R", "blue"), ("recall@1", "orange")],
                LineChart.Of("MAP@R and recall@1 over the batches", findings, "share", 1, share => $"{share:0.#}",
                    new Curve("MAP@R", "blue", one => one.MapAtR, findings.Pixels.MapAtR), new Curve("recall@1", "orange", one => one.RecallAt1, findings.Pixels.RecallAt1)))}}
            {{Card("Figures", "Means of the seeds.", [], Table(findings))}}
            </section>
            <p class="note">From here on: the network of seed {{run.Seed}}.</p>
            <h2>Distances</h2>
            <section>
            {{Card("Before training", "All pairs of held-out images.", PairKeys, Histogram.Of("Distances before training", run.Before, labels))}}
            {{Card("After training", $"The margin is {findings.Options.Margin}.", PairKeys, Histogram.Of("Distances after training", run.After, labels))}}
            </section>
            <h2>Map</h2>
            <section>
            {{Card("Before training", "A dot an image, moved to its two directions of largest variance (PCA). A ring: its nearest neighbour is another digit.", DigitKeys, EmbeddingMap.Of("Map before training", run.Before, findings.HeldOut, namesCentres: false))}}
            {{Card("After training", "Point at a dot to see its image. Clusters that overlap here are apart in other directions.", DigitKeys, EmbeddingMap.Of("Map after training", run.After, findings.HeldOut, namesCentres: true))}}
            </section>
            <h2>Nearest neighbours</h2>
            <section>
            {{Card("One of each digit", "An image and its eight nearest, the nearest first.", [("hit", "good"), ("miss ✗", "bad")], usual)}}
            {{Card("Where it fails", "Images whose nearest neighbour is another digit.", [("hit", "good"), ("miss ✗", "bad")], failing is "" ? "<p>There are none.</p>" : failing)}}
            </section>
            <h2>The last batch</h2>
            <section><article class="wide"><pre>{{WebUtility.HtmlEncode(run.LastReport.ToString())}}</pre></article></section>
            <div id="tip" hidden="hidden"><i class="thumb"></i><b></b></div>
            <script>
            {{Resource("page.js")}}
            </script>
            </body>
            </html>

            """;
    }

    private static readonly (string Name, string Colour)[] PairKeys = [("same digit", "blue"), ("other digits", "orange")];

    private static readonly (string Name, string Colour)[] DigitKeys = [.. Enumerable.Range(0, 10).Select(digit => ($"{digit}", $"d{digit}"))];

    private static string Setting(Findings findings)
    {
        var (options, runs) = (findings.Options, findings.Runs);
        string[] parts =
        [
            $"{runs[0].LastReport.LossName}, margin {options.Margin}",
            $"{options.Batches} batches of {Training.Classes} digits × {Training.SamplesPerClass} images",
            options.Memory > 0 ? $"memory of {options.Memory} embeddings" : "",
            options.Chunk > 0 ? $"chunks of {options.Chunk} images" : "",
            $"{(runs.Count == 1 ? "seed" : "means of seeds")} {string.Join(", ", options.Seeds)}",
            $"{findings.HeldOut.Count} images held out",
            $"{findings.Time.TotalSeconds:0} s",
        ];
        return string.Join(" · ", parts.Where(part => part is not ""));
    }

    private static string Tile(string name, string meaning, string before, string after) =>
        $"<article class=\"tile\"><h3>{name}</h3><p class=\"big\"><span>{before} →</span> {after}</p><p>{meaning}</p></article>";

    private static string Card(string title, string text, (string Name, string Colour)[] keys, string content) => $"""
        <article>
        <h3>{title}</h3>
        <p>{text}</p>
        {(keys is [] ? "" : $"<p class=\"keys\">{string.Concat(keys.Select(key => $"<span class=\"key {key.Colour}\">{key.Name}</span>"))}</p>")}
        {content}
        </article>
        """;

    private static string Warnings(Findings findings)
    {
        var kinds = findings.Runs.SelectMany(run => run.Warnings).GroupBy(warning => warning.Finding.Kind).ToList();
        return kinds is []
            ? "<p class=\"verdict good\">✓ No warnings: the reports of all epochs found nothing wrong.</p>"
            : $"<ul class=\"verdict warn\">{string.Concat(kinds.Select(kind => $"<li><b>{kind.Key}</b> ({string.Join("; ", kind.Select(warning => $"seed {warning.Seed}, batch {warning.Batch}"))}): {WebUtility.HtmlEncode(kind.First().Finding.Text)}</li>"))}</ul>";
    }

    private static string Table(Findings findings)
    {
        var rows = Rows(findings.Means).Select(mean =>
            Row(mean.Batch == 0 ? "before training" : $"after {mean.Batch} batches", mean));
        return $"<table><thead><tr><th></th><th>loss</th><th>MAP@R</th><th>recall@1</th></tr></thead><tbody>{Row("the 64 pixels", findings.Pixels)}{string.Concat(rows)}</tbody></table>";

        static string Row(string name, Checkpoint one) =>
            $"<tr><th>{name}</th><td>{LossNumber(one.Loss)}</td><td>{Number(one.MapAtR)}</td><td>{Number(one.RecallAt1)}</td></tr>";
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(ReportPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().TrimEnd();
    }
}
