using System.Globalization;
using TripletLoss;

namespace Kanji;

/// <summary>What the loss says of one batch, after training.</summary>
internal static class BatchSection
{
    public static string Of(TripletReport report)
    {
        var unit = report.Unit.ToString().ToLowerInvariant();
        string[][] counts =
        [
            ["loss", Number(report.Loss)],
            ["anchors", $"{report.Anchors} in {report.Dimensions} dimensions"],
            ["positive pairs", Count(report.PositivePairs)],
            ["triplets", Count(report.Triplets)],
            [$"active {unit}", $"{Count(report.ActiveTerms)} of {Count(report.Terms)} ({Display.Percent(report.ActiveShare)})"],
            ["active anchors", $"{Count(report.ActiveAnchors)} of {Count(report.Anchors)}"],
        ];
        string[][] distances = [Row("to positives", report.PositiveDistances), Row("to negatives", report.NegativeDistances), Row("length of vectors", report.Norms)];
        return Html.Section(
            "A batch of unseen characters, as the report sees it",
            Html.Card($"{report.LossName}, margin {report.Margin}", "TripletReport, which the loss gives with its value.", [], Html.Table([], counts)),
            Html.Card("Distances of the triplets chosen", $"{report.Distance}, over the batch.", [], Html.Table(["", "5 %", "25 %", "50 %", "75 %", "95 %"], distances)));
    }

    private static string[] Row(string name, Quantiles? quantiles) => quantiles is not { } known
        ? [name, "–", "–", "–", "–", "–"]
        : [name, Number(known.Percentile5), Number(known.Percentile25), Number(known.Median), Number(known.Percentile75), Number(known.Percentile95)];

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
