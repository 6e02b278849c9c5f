namespace Kanji;

/// <summary>The loss and what still had one.</summary>
internal static class TrainingSection
{
    public static string Of(Findings findings)
    {
        var unit = findings.Runs[0].Report.Unit.ToString().ToLowerInvariant();
        return Html.Section(
            "Training",
            Html.Card(
                "Loss", $"Mean over {Training.ReportEvery} batches.{findings.Band}", [("training loss", "blue")],
                LineChart.Of("Loss over the batches", findings, "loss", null, loss => $"{loss:G3}", new Curve("training loss", "blue", one => one.TrainingLoss))),
            Html.Card(
                $"Active {unit}", $"Share of {unit} of one batch that still have a loss. At 0 there is nothing left to learn from.", [($"active {unit}", "orange")],
                LineChart.Of($"Share of active {unit} over the batches", findings, $"share of {unit}", 1, share => Display.Percent(share), new Curve($"active {unit}", "orange", one => one.ActiveShare))));
    }
}
