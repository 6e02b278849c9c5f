namespace Kanji;

/// <summary>What a run with the default settings has to reach on the unseen characters.</summary>
internal static class Goal
{
    private const double MapAtR = 0.87;
    private const double RecallAt1 = 0.98;

    /// <returns>Whether it was reached, or does not apply.</returns>
    public static bool Judge(Options options, Figures unseen)
    {
        if (!options.HasGoal) return true;
        var reached = unseen.MapAtR >= MapAtR && unseen.RecallAt1 >= RecallAt1;
        Console.WriteLine($"Goal on unseen characters, MAP@R {Display.Number(MapAtR)} and recall@1 {Display.Number(RecallAt1)}: {(reached ? "reached" : "MISSED")}.");
        return reached;
    }
}
