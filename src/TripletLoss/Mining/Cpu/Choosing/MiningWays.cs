namespace TripletLoss;

/// <summary>Which way costs least, as measured.</summary>
internal static class MiningWays
{
    // In tiles a positive costs a comparison with every distance, and its triplet is recomputed from differences; sorted or in buckets it
    // costs little, but a row as much as some dozen positives. A batch that mines itself saves half of the product in tiles.
    private const double BatchAll = 1.7;
    private const double SemiHard = 1.5;
    private const double SemiHardOfItself = 2.0;

    /// <summary>The way of a batch; the one that is asked for where the rule has it.</summary>
    public static MiningWay Of(in SimdProblem problem, ClassIndex classes)
    {
        // One threshold an anchor, however many positives.
        if (problem.Rule == RuleKind.Hard)
            return MiningWay.Tiles;
        double limit = problem.Rule == RuleKind.BatchAll ? BatchAll : problem.MinesItself ? SemiHardOfItself : SemiHard;
        double positives = (double)classes.PairCount / problem.AnchorCount;
        return problem.Way ?? (positives > limit * Math.Sqrt(problem.ReferenceCount) ? MiningWay.Rows : MiningWay.Tiles);
    }
}
