namespace Kanji;

/// <summary>What the reports found during training: successes as such, everything else as a warning.</summary>
internal static class WarningList
{
    public static string Of(Findings findings)
    {
        var kinds = findings.Runs.SelectMany(run => run.History.Warnings).GroupBy(warning => warning.Finding.Kind).ToList();
        var (good, bad) = (kinds.Where(kind => kind.First().IsSuccess).ToList(), kinds.Where(kind => !kind.First().IsSuccess).ToList());
        return (bad is [] ? "<p class=\"verdict good\">✓ No warnings: the reports of all batches found nothing wrong.</p>" : List("warn", bad)) + (good is [] ? "" : List("good", good));
    }

    private static string List(string colour, IEnumerable<IGrouping<TripletLoss.TripletFindingKind, Warning>> kinds) => $"<ul class=\"verdict {colour}\">{string.Concat(kinds.Select(Item))}</ul>";

    private static string Item(IGrouping<TripletLoss.TripletFindingKind, Warning> kind) =>
        $"<li><b>{kind.Key}</b> ({string.Join("; ", kind.Select(warning => $"seed {warning.Seed}, batch {warning.Batch}"))}): {Html.Text(kind.First().Finding.Text)}</li>";
}
