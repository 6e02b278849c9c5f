namespace TripletLoss.Tests;

/// <summary>A triplet loss as loops over anchors, positives and negatives.</summary>
public abstract record OracleFormula(double Margin)
{
    public abstract OracleLosses Evaluate(OracleProblem problem);

    /// <summary>The first index of the smallest key.</summary>
    protected static int Lowest(IEnumerable<int> indices, Func<int, double> key) => indices.MinBy(key);

    /// <summary>All whose distance may be the largest (<paramref name="sign"/> 1) or the smallest (−1); in an exact problem the first of these alone.</summary>
    protected static int[] Extreme(OracleProblem problem, int anchor, int[] candidates, int sign)
    {
        var (d, doubt) = (problem.D[anchor], problem.Doubt[anchor]);
        int best = Lowest(candidates, j => -sign * d[j]);
        if (problem.IsExact)
            return [best];
        double bound = candidates.Max(j => sign * d[j] - doubt[j]);
        return [best, .. candidates.Where(j => j != best && sign * d[j] + doubt[j] >= bound)];
    }
}
