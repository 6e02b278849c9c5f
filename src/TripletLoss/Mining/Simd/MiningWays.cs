namespace TripletLoss;

/// <summary>Which way costs least, as measured.</summary>
internal static class MiningWays
{
    private const double PositivesForStrips = 8;
    private const double PositivesForRowsOfBatchAll = 256;

    /// <summary>The way of a batch; <see cref="SimdKernel.WayInTests"/> where there is one and the rule has it.</summary>
    public static MiningWay Of(in SimdProblem problem, ClassIndex classes) =>
        (problem.Rule, SimdKernel.WayInTests ?? Fastest(problem, classes)) switch
        {
            (MiningRule.BatchAll, MiningWay.Strips) => MiningWay.Tiles,
            (MiningRule.Hard, MiningWay.Rows) => MiningWay.Strips,
            (MiningRule.Hard or MiningRule.SemiHard, MiningWay.Tiles) when !problem.MinesItself => MiningWay.Strips,
            var (_, way) => way,
        };

    private static MiningWay Fastest(in SimdProblem problem, ClassIndex classes)
    {
        double positives = (double)classes.PairCount / problem.AnchorCount;
        return problem.Rule switch
        {
            // One threshold an anchor, however many positives.
            MiningRule.Hard => MiningWay.Tiles,
            MiningRule.BatchAll => positives > PositivesForRowsOfBatchAll ? MiningWay.Rows : MiningWay.Tiles,
            _ when positives > PositivesForRows(problem.ReferenceCount) => MiningWay.Rows,
            _ => positives > PositivesForStrips ? MiningWay.Strips : MiningWay.Tiles,
        };
    }

    // A positive costs a comparison with every distance and as much as 5000 of them besides; a sorted row as much as 430 comparisons a distance.
    private static double PositivesForRows(double references) => 430 * references / (references + 5000);
}
