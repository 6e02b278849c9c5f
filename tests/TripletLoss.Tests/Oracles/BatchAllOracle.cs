namespace TripletLoss.Tests;

/// <summary>The batch-all loss, triplet by triplet.</summary>
public sealed record BatchAllOracle(double Margin, bool ActiveOnly) : OracleFormula(Margin)
{
    public override OracleLosses Evaluate(OracleProblem problem)
    {
        var losses = new OracleLosses(problem);
        foreach (int a in problem.Anchors)
        {
            var (positives, negatives) = (problem.Positives(a), problem.Negatives(a));
            foreach (int p in positives)
            {
                foreach (int n in negatives)
                    AddTriplet(losses, a, p, n);
            }
        }
        return losses.Divided();
    }

    private void AddTriplet(OracleLosses losses, int a, int p, int n)
    {
        var (d, doubt) = (losses.Problem.D[a], losses.Problem.Doubt[a]);
        double value = d[p] - d[n] + Margin;
        bool isActive = value > 0;
        losses.Count(isActive || !ActiveOnly ? 1 : 0);
        if (isActive)
            losses.Add(a, p, n, value, 1, d[p] + d[n] + Margin);
        if (losses.Problem.IsExact || Math.Abs(value) > doubt[p] + doubt[n])
            return;
        losses.LossDoubt[a] += doubt[p] + doubt[n];
        losses.DoubtWeights(a, 1, p, n);
        losses.CountDoubtful(ActiveOnly ? 1 : 0);
    }
}
