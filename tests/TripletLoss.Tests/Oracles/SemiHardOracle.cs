namespace TripletLoss.Tests;

/// <summary>The semi-hard loss, pair by pair.</summary>
public sealed record SemiHardOracle(double Margin) : OracleFormula(Margin)
{
    public override OracleLosses Evaluate(OracleProblem problem)
    {
        var losses = new OracleLosses(problem);
        foreach (int a in problem.Anchors)
        {
            var (positives, negatives) = (problem.Positives(a), problem.Negatives(a));
            losses.Count(positives.Length);
            if (negatives.Length == 0)
                continue;
            foreach (int p in positives)
                AddPair(losses, a, p, Candidates(problem, a, p, negatives));
        }
        return losses.Divided();
    }

    /// <summary>The negative of a pair, first, and all that rounding may put in its place.</summary>
    public static int[] Candidates(OracleProblem problem, int anchor, int positive, int[] negatives)
    {
        var (d, doubt) = (problem.D[anchor], problem.Doubt[anchor]);
        var farther = negatives.Where(n => d[n] > d[positive]).ToArray();
        int chosen = farther.Length > 0 ? Lowest(farther, n => d[n]) : Lowest(negatives, n => -d[n]);
        if (problem.IsExact)
            return [chosen];
        var (low, high) = (d[positive] - doubt[positive], d[positive] + doubt[positive]);
        var surely = negatives.Where(n => d[n] - doubt[n] > high).ToArray();
        double bound = surely.Length > 0 ? surely.Min(n => d[n] + doubt[n]) : double.PositiveInfinity;
        var near = negatives.Where(n => d[n] + doubt[n] > low && d[n] - doubt[n] <= bound);
        var far = surely.Length > 0 ? [] : Extreme(problem, anchor, negatives, sign: 1);
        return [chosen, .. near.Concat(far).Distinct().Where(n => n != chosen)];
    }

    private void AddPair(OracleLosses losses, int a, int p, int[] candidates)
    {
        var (d, doubt) = (losses.Problem.D[a], losses.Problem.Doubt[a]);
        double Hinge(int n) => Math.Max(d[p] - d[n] + Margin, 0);
        int chosen = candidates[0];
        double hinge = Hinge(chosen);
        losses.Add(a, p, chosen, hinge, slope: hinge > 0 ? 1 : 0, scale: d[p] + d[chosen] + Margin);
        losses.LossDoubt[a] += candidates.Max(n => Math.Abs(Hinge(n) - hinge));
        bool mayTurn = candidates.Any(n => Math.Abs(d[p] - d[n] + Margin) <= doubt[p] + doubt[n] && !losses.Problem.IsExact)
            || candidates.Any(n => Hinge(n) > 0 != hinge > 0);
        if (candidates.Length > 1 || mayTurn)
            losses.DoubtWeights(a, 1, candidates);
        if (mayTurn)
            losses.DoubtWeights(a, 1, p);
    }
}
