namespace TripletLoss;

/// <summary>Which way costs least, as measured.</summary>
internal static class MiningWays
{
    /// <summary>The way of a batch; the one that is asked for where the rule has it.</summary>
    public static MiningWay Of(in SimdProblem problem, ClassIndex classes) =>
        (problem.Rule, problem.Way ?? Fastest(problem, classes)) switch
        {
            (RuleKind.Hard, _) => MiningWay.Tiles,
            var (_, way) => way,
        };

    private static MiningWay Fastest(in SimdProblem problem, ClassIndex classes)
    {
        double positives = (double)classes.PairCount / problem.AnchorCount;
        return problem.Rule switch
        {
            // One threshold an anchor, however many positives.
            RuleKind.Hard => MiningWay.Tiles,
            RuleKind.BatchAll => positives > PositivesForRowsOfBatchAll(problem.ReferenceCount) ? MiningWay.Rows : MiningWay.Tiles,
            _ => positives > PositivesForRows(problem) ? MiningWay.Rows : MiningWay.Tiles,
        };
    }

    // In tiles a positive costs a comparison with every distance, and its triplet is recomputed from differences; in buckets it costs little, but a row as much as some dozen positives. A
    // batch that mines itself saves half of the product in tiles.
    private static double PositivesForRows(in SimdProblem problem) => (problem.MinesItself ? 2.0 : 1.5) * Math.Sqrt(problem.ReferenceCount);

    private static double PositivesForRowsOfBatchAll(double references) => 1.7 * Math.Sqrt(references);
}
