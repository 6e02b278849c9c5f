namespace Digits;

/// <summary>What a run with the default settings has to reach.</summary>
internal static class Goal
{
    private const double MapAtR = 0.90;
    private const double RecallAt1 = 0.97;

    /// <returns>Whether it was reached, or does not apply.</returns>
    public static bool Judge(Options options, Checkpoint mean)
    {
        if (!options.HasGoal) return true;
        var reached = mean.MapAtR >= MapAtR && mean.RecallAt1 >= RecallAt1;
        Console.WriteLine($"Goal, MAP@R {Display.Number(MapAtR)} and recall@1 {Display.Number(RecallAt1)}: {(reached ? "reached" : "MISSED")}.");
        return reached;
    }
}
