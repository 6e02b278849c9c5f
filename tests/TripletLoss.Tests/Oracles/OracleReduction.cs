namespace TripletLoss.Tests;

/// <summary>Weights and reduction as Keras 3 means them.</summary>
/// <param name="Value">A single number, or one per anchor without a reduction.</param>
/// <param name="Coefficients">The derivative of the value (contracted with the upstream gradient) by each anchor's loss.</param>
/// <param name="WeightGradient">Its derivative by each anchor's weight; for a scalar weight their sum is meant.</param>
public sealed record OracleReduction(double[] Value, double[] Coefficients, double[] WeightGradient)
{
    /// <param name="reduction">How to reduce.</param>
    /// <param name="losses">[A].</param>
    /// <param name="weights">[A], or null for ones.</param>
    /// <param name="upstream">The gradient that reaches each value; null: ones.</param>
    public static OracleReduction Of(LossReduction reduction, double[] losses, double[]? weights, double[]? upstream = null)
    {
        double[] w = weights ?? [.. losses.Select(_ => 1.0)];
        double[] v = [.. losses.Select((loss, a) => loss * w[a])];
        double count = Math.Max(losses.Length, 1);
        double sum = w.Sum();
        double mean = sum == 0 ? 0 : v.Sum() / sum;
        double[] u = upstream ?? [.. losses.Select(_ => 1.0).DefaultIfEmpty(1)];
        return reduction switch
        {
            LossReduction.SumOverBatchSize => new([v.Sum() / count], Scaled(w, u[0] / count), Scaled(losses, u[0] / count)),
            LossReduction.Sum => new([v.Sum()], Scaled(w, u[0]), Scaled(losses, u[0])),
            LossReduction.None => new(v, [.. w.Zip(u, (x, y) => x * y)], [.. losses.Zip(u, (x, y) => x * y)]),
            _ => sum == 0
                ? new([0], Scaled(w, 0), Scaled(w, 0))
                : new([mean], Scaled(w, u[0] / sum), [.. losses.Select(loss => u[0] * (loss - mean) / sum)]),
        };
    }

    private static double[] Scaled(double[] values, double factor) => [.. values.Select(value => value * factor)];
}
