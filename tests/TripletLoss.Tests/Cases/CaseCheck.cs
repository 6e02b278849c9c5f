using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Compares what a library gave with what the oracle says.</summary>
internal sealed class CaseCheck
{
    private readonly RandomCase _case;
    private readonly double[] _upstream;
    private readonly OracleLosses _losses;
    private readonly OracleReduction _reduction;
    private readonly OracleGradient _gradient;
    private readonly double[] _lossTolerances;
    private readonly double _gradientRounding;

    /// <param name="case">The case.</param>
    /// <param name="batch">Its batch, as its type rounded it.</param>
    /// <param name="tolerance">How exact the result has to be.</param>
    /// <param name="upstream">The gradient that reached each value.</param>
    public CaseCheck(RandomCase @case, OracleBatch batch, CaseTolerance tolerance, double[] upstream)
    {
        (_case, _upstream) = (@case, upstream);
        // What is not finite is no number for the oracle.
        batch = @case.IsSpoilt ? batch with { Labels = [], Anchors = [] } : batch;
        _losses = @case.Loss.Oracle.Evaluate(new OracleProblem(batch, @case.Loss.Distance, tolerance.Rounding));
        _reduction = OracleReduction.Of(@case.Reduction, _losses.Losses, @case.Weights.PerAnchor(batch.Labels.Length), upstream);
        _gradient = OracleGradient.Of(_losses, _reduction.Coefficients);
        _lossTolerances = [.. _losses.Scale.Zip(_losses.LossDoubt, (scale, doubt) => tolerance.Value * scale + 1.001 * doubt)];
        _gradientRounding = tolerance.Gradient * _gradient.Scale + Absolute(@case);
    }

    /// <summary>Whether no distances are too close to tell apart, so that every number is determined.</summary>
    public bool IsCertain => _losses.IsCertain;

    /// <summary>The first difference beyond the tolerance, in words; null if there is none.</summary>
    public string? Difference(CaseResult result) => _case.IsSpoilt
        ? NotNaN("value", result.Values) ?? NotNaN("gradient by the embeddings", result.AnchorGradient) ?? NotNaN("gradient by the references", result.ReferenceGradient)
        : Values(result.Values)
        ?? Gradient("the embeddings", result.AnchorGradient, _gradient.Anchors, _gradient.AnchorDoubt)
        ?? Gradient("the references", result.ReferenceGradient, _gradient.References, _gradient.ReferenceDoubt)
        ?? Weights(result.WeightGradient);

    private string? Values(double[] values)
    {
        double[] weighted = OracleReduction.Of(_case.Reduction, _lossTolerances, _case.Weights.PerAnchor(_lossTolerances.Length)).Value;
        return Compare("value", values, _reduction.Value, index => weighted[index]);
    }

    private string? Gradient(string name, double[]? found, double[][] expected, double[][] doubt)
    {
        if (found is null)
            return null;
        double[] doubts = [.. doubt.SelectMany(row => row)];
        return Compare($"gradient by {name}", found, [.. expected.SelectMany(row => row)], index => _gradientRounding + 1.001 * doubts[index]);
    }

    private string? Weights(double[]? found)
    {
        if (found is null)
            return null;
        double[] tolerances = [.. _lossTolerances.Select(WeightTolerance)];
        return _case.Weights.Kind == WeightKind.Scalar
            ? Compare("gradient by the weight", found, [_reduction.WeightGradient.Sum()], _ => tolerances.Sum())
            : Compare("gradient by the weights", found, _reduction.WeightGradient, index => tolerances[index]);
    }

    private double WeightTolerance(double lossTolerance, int anchor)
    {
        double count = Math.Max(_lossTolerances.Length, 1);
        double sum = _case.Weights.PerAnchor(_lossTolerances.Length)?.Sum() ?? count;
        return _case.Reduction switch
        {
            LossReduction.SumOverBatchSize => Math.Abs(_upstream[0]) * lossTolerance / count,
            LossReduction.Sum => Math.Abs(_upstream[0]) * lossTolerance,
            LossReduction.None => Math.Abs(_upstream[anchor]) * lossTolerance,
            // Here each weight's gradient hangs on the losses of all.
            _ => sum == 0 ? 0 : Math.Abs(_upstream[0]) * (lossTolerance + _lossTolerances.Max()) / sum,
        };
    }

    private static string? NotNaN(string what, double[]? found) =>
        found is null || found.All(double.IsNaN) ? null : $"{what} is not NaN though an embedding is not finite: {string.Join(", ", found.Take(5))}";

    private static string? Compare(string what, double[] found, double[] expected, Func<int, double> tolerance)
    {
        if (found.Length != expected.Length)
            return $"{what}: {found.Length} numbers instead of {expected.Length}";
        for (int i = 0; i < found.Length; i++)
        {
            // Not "greater than": NaN must not pass.
            if (!(Math.Abs(found[i] - expected[i]) <= tolerance(i) + 1e-44))
                return $"{what}[{i}] is {found[i]:G9}, the oracle says {expected[i]:G9} ± {tolerance(i):G3}";
        }
        return null;
    }

    // Where the gradient is 0 everywhere: the smallest step of float16, and the rounding that is left of a direction's radial part.
    private static double Absolute(RandomCase @case) => (@case.Type, @case.Loss.Distance.Name) switch
    {
        (ScalarType.Float16, _) => 1e-7,
        (_, "angular") => 1e-15,
        _ => 1e-40,
    };
}
