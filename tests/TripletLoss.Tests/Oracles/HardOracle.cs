namespace TripletLoss.Tests;

/// <summary>The hard loss, anchor by anchor.</summary>
public sealed record HardOracle(double Margin, bool Soft) : OracleFormula(Margin)
{
    public override OracleLosses Evaluate(OracleProblem problem)
    {
        var losses = new OracleLosses(problem);
        losses.Count(problem.AnchorCount);
        foreach (int a in problem.Anchors)
        {
            var (positives, negatives) = (problem.Positives(a), problem.Negatives(a));
            if (negatives.Length > 0)
                AddAnchor(losses, a, positives.Length == 0 ? [-1] : Extreme(problem, a, positives, 1), Extreme(problem, a, negatives, -1));
        }
        return losses.Divided();
    }

    private void AddAnchor(OracleLosses losses, int a, int[] positives, int[] negatives)
    {
        var (problem, p, n) = (losses.Problem, positives[0], negatives[0]);
        double positive = p < 0 ? 0 : problem.D[a][p];
        double doubt = (p < 0 ? 0 : problem.Doubt[a][p]) + problem.Doubt[a][n];
        double difference = positive - problem.D[a][n];
        var (value, slope) = Soft ? Softplus(difference) : Hinge(difference + Margin);
        losses.Add(a, p, n, value, slope, positive + problem.D[a][n] + (Soft ? 1 : Margin));
        // What stands in for a chosen one is as far, within both doubts.
        losses.LossDoubt[a] += Math.Max(Spread(problem, a, positives), Spread(problem, a, negatives));
        if (positives.Length > 1)
            losses.DoubtWeights(a, 1, positives);
        if (negatives.Length > 1)
            losses.DoubtWeights(a, 1, negatives);
        double turn = Soft ? Math.Min(doubt / 4, 1) : !problem.IsExact && Math.Abs(difference + Margin) <= doubt ? 1 : 0;
        losses.DoubtWeights(a, turn, p, n);
    }

    private static double Spread(OracleProblem problem, int a, int[] candidates) => candidates.Length == 1
        ? 0
        : 2 * candidates.Max(j => Math.Abs(problem.D[a][j] - problem.D[a][candidates[0]]));

    private static (double Value, double Slope) Hinge(double value) => (Math.Max(value, 0), value > 0 ? 1 : 0);

    private static (double Value, double Slope) Softplus(double x) =>
        (Math.Max(x, 0) + Log1P(Math.Exp(-Math.Abs(x))), x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x)));

    private static double Log1P(double x) => x < 1e-5 ? x - x * x / 2 : Math.Log(1 + x);
}
