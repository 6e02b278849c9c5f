using static Kanji.Display;

namespace Kanji;

/// <summary>How well images find their characters, over the batches.</summary>
internal static class RetrievalSection
{
    private static readonly (string, string)[] Keys = [("unseen characters", "blue"), ("seen characters", "orange")];

    public static string Of(Findings findings) => Html.Section(
        "Seen and unseen characters",
        Html.Card("MAP@R", $"Each image looks for the others of its character.{findings.Band} Dashed: the pixels of the unseen ones.", Keys, Chart(findings, "MAP@R", 1, one => one.MapAtR)),
        Html.Card("Misses", "Share of images whose nearest image is of another character: 1 − recall@1.", Keys, Chart(findings, "misses", null, one => 1 - one.RecallAt1)),
        Html.Card("Results", findings.Runs.Count > 1 ? "Means of the seeds; at the end ± the standard deviation of one seed." : "Of one seed.", [], Table(findings), "wide"));

    private static string Chart(Findings findings, string name, double? most, Func<Figures, double> figure) => LineChart.Of(
        $"{name} over the batches", findings, name, most, share => $"{share:0.####}",
        new Curve($"{name} of unseen characters", "blue", one => one.Unseen is { } unseen ? figure(unseen) : null, figure(findings.Pixels)),
        new Curve($"{name} of seen characters", "orange", one => one.Seen is { } seen ? figure(seen) : null));

    private static string Table(Findings findings)
    {
        var rows = findings.Looks.Select(look => Row(look.Batch == 0 ? "before training" : $"after {look.Batch} batches", look));
        string[] deviations = ["± over the seeds", Deviation(one => one.Unseen!.MapAtR), Deviation(one => one.Unseen!.RecallAt1), Deviation(one => one.Seen!.MapAtR), Deviation(one => one.Seen!.RecallAt1)];
        return Html.Table(["", "unseen MAP@R", "unseen recall@1", "seen MAP@R", "seen recall@1"], [["the pixels", Number(findings.Pixels.MapAtR), Number(findings.Pixels.RecallAt1), "", ""], .. rows, .. findings.Runs.Count > 1 ? [deviations] : Array.Empty<string[]>()]);

        string Deviation(Func<Checkpoint, double> figure) => LossNumber(findings.Deviation(figure));
        static string[] Row(string name, Checkpoint one) => [name, Number(one.Unseen?.MapAtR), Number(one.Unseen?.RecallAt1), Number(one.Seen?.MapAtR), Number(one.Seen?.RecallAt1)];
    }
}
