namespace TripletLoss.Tests;

/// <summary>What a formula makes of a problem: per anchor, and before weights and reduction.</summary>
/// <remarks>
/// <see cref="Weights"/> are the derivatives of each anchor's loss by its distances. <see cref="LossDoubt"/> and <see cref="WeightDoubt"/> say by how much a kernel
/// that takes doubtful distances the other way round may differ; <see cref="Scale"/> is what a value's rounding is measured by, Σ(D_ap + D_an + margin).
/// </remarks>
public sealed class OracleLosses
{
    private double _divisor;
    private double _divisorDoubt;

    public OracleLosses(OracleProblem problem)
    {
        Problem = problem;
        (Losses, Scale, LossDoubt) = (new double[problem.AnchorCount], new double[problem.AnchorCount], new double[problem.AnchorCount]);
        (Weights, WeightDoubt) = (Zeros(problem), Zeros(problem));
    }

    public OracleProblem Problem { get; }

    public double[] Losses { get; }

    public double[] Scale { get; }

    public double[] LossDoubt { get; }

    public double[][] Weights { get; }

    public double[][] WeightDoubt { get; }

    /// <summary>Whether a kernel has no choice but the oracle's, so that a wrong weight shows.</summary>
    public bool IsCertain => WeightDoubt.SelectMany(row => row).DefaultIfEmpty(0).Max() <= 1e-3 * Weights.SelectMany(row => row).DefaultIfEmpty(0).Max(Math.Abs);

    public void Count(double count) => _divisor += count;

    public void CountDoubtful(double count) => _divisorDoubt += count;

    /// <summary>Adds a term with the hinge or softplus <paramref name="value"/> of slope <paramref name="slope"/>; no positive: −1.</summary>
    public void Add(int anchor, int positive, int negative, double value, double slope, double scale)
    {
        Losses[anchor] += value;
        Scale[anchor] += scale;
        if (positive >= 0)
            Weights[anchor][positive] += slope;
        Weights[anchor][negative] -= slope;
    }

    /// <summary>Notes that the weights of these references may be off by <paramref name="amount"/>.</summary>
    public void DoubtWeights(int anchor, double amount, params IEnumerable<int> references)
    {
        foreach (int j in references.Where(j => j >= 0))
            WeightDoubt[anchor][j] += amount;
    }

    /// <summary>Multiplies all by A / divisor; 0 where there is nothing to divide.</summary>
    public OracleLosses Divided()
    {
        double factor = _divisor == 0 ? 0 : Problem.AnchorCount / _divisor;
        double largest = _divisor + _divisorDoubt == 0 ? 0 : Problem.AnchorCount / Math.Max(_divisor - _divisorDoubt, 1);
        double least = _divisor + _divisorDoubt == 0 ? 0 : Problem.AnchorCount / (_divisor + _divisorDoubt);
        double spread = Math.Max(largest - factor, factor - least);
        foreach (int a in Problem.Anchors)
        {
            LossDoubt[a] = LossDoubt[a] * largest + Losses[a] * spread;
            Losses[a] *= factor;
            Scale[a] *= largest;
            for (int j = 0; j < Problem.ReferenceCount; j++)
            {
                WeightDoubt[a][j] = WeightDoubt[a][j] * largest + Math.Abs(Weights[a][j]) * spread;
                Weights[a][j] *= factor;
            }
        }
        return this;
    }

    private static double[][] Zeros(OracleProblem problem) => [.. problem.Anchors.Select(_ => new double[problem.ReferenceCount])];
}
