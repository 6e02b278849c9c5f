namespace Kanji;

/// <summary>Distances within and between unseen characters.</summary>
internal static class DistanceSection
{
    private static readonly (string, string)[] Keys = [("same character", "blue"), ("other characters", "orange")];

    public static string Of(Findings findings)
    {
        var (run, unseen) = (findings.Runs[0], findings.Unseen);
        return Html.Section(
            "Distances",
            Html.Card("Before training", "All pairs of images of unseen characters.", Keys, Histogram.Of("Distances before training", run.Before, unseen)),
            Html.Card("After training", $"The margin is {findings.Options.Margin}.", Keys, Histogram.Of("Distances after training", run.After, unseen)));
    }
}
