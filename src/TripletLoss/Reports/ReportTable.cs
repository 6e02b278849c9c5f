using System.Globalization;
using System.Text;

namespace TripletLoss;

/// <summary>A report as Markdown whose columns line up in a terminal too.</summary>
internal static class ReportTable
{
    /// <summary>The whole report.</summary>
    public static string Of(TripletReport report)
    {
        var text = new StringBuilder();
        Append(text, [[report.LossName, Setting(report)], .. Counts(report)]);
        text.Append('\n');
        Append(text,
        [
            ["", "min", "5 %", "25 %", "50 %", "75 %", "95 %", "max"],
            Row("positive distances", report.PositiveDistances),
            Row("negative distances", report.NegativeDistances),
            Row("norms", report.Norms),
        ]);
        foreach (var (finding, index) in report.Findings.Select((finding, index) => (finding, index)))
            text.Append(index == 0 ? "\n- " : "- ").Append(finding).Append('\n');
        return text.ToString().TrimEnd();
    }

    /// <summary>A number of four significant digits, whatever the culture.</summary>
    public static string Number(double value) => double.IsNaN(value) ? "NaN" : value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A part of a whole: <c>3 of 12 (25.0 %)</c>.</summary>
    public static string Part(long count, long whole) => whole == 0
        ? $"{Count(count)} of 0"
        : string.Create(CultureInfo.InvariantCulture, $"{Count(count)} of {Count(whole)} ({100.0 * count / whole:F1} %)");

    private static string Setting(TripletReport report)
    {
        var margin = report.Margin is { } value ? $"margin {Number(value)}" : null;
        return string.Join(", ", new[] { margin, report.Distance?.Name }.Where(part => part is not null));
    }

    private static IEnumerable<string[]> Counts(TripletReport report)
    {
        yield return ["loss", Number(report.Loss)];
        yield return ["anchors", $"{Count(report.Anchors)} in {Count(report.Dimensions)} dimensions"];
        if (report.References is { } references)
            yield return ["references", Count(references)];
        yield return ["without a positive", Part(report.AnchorsWithoutPositive, report.Anchors)];
        yield return ["without a negative", Part(report.AnchorsWithoutNegative, report.Anchors)];
        yield return ["positive pairs", Count(report.PositivePairs)];
        yield return ["triplets", Count(report.Triplets)];
        yield return [$"active {report.Unit.ToString().ToLowerInvariant()}", Part(report.ActiveTerms, report.Terms)];
        if (report.Unit != TripletReportUnit.Anchors)
            yield return ["active anchors", Part(report.ActiveAnchors, report.Anchors)];
        if (report.FallbackPairs is { } pairs)
            yield return ["took the farthest negative", Part(pairs, report.Terms)];
        if (report.NonFiniteEmbeddings > 0)
            yield return ["embeddings not finite", Count(report.NonFiniteEmbeddings)];
    }

    private static string[] Row(string name, Quantiles? quantiles) =>
        [name, .. quantiles?.Values.Select(Number) ?? Enumerable.Repeat("–", 7)];

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static void Append(StringBuilder text, IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        for (var index = 0; index < rows.Count; index++)
        {
            text.Append("| ").AppendJoin(" | ", rows[index].Select((cell, column) => cell.PadRight(widths[column]))).Append(" |\n");
            if (index == 0)
                text.Append("| ").AppendJoin(" | ", widths.Select(width => new string('-', Math.Max(width, 3)))).Append(" |\n");
        }
    }
}
