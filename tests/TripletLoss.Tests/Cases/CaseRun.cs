using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Runs a case through the loss object, as a user would, and checks it.</summary>
internal static class CaseRun
{
    /// <summary>The first difference from the oracle, with the case; null if there is none.</summary>
    public static string? Difference(RandomCase @case, Func<RandomCase, CaseTolerance> tolerance) => Difference(@case, tolerance, out _);

    /// <summary>As above, and whether every number was determined.</summary>
    public static string? Difference(RandomCase @case, Func<RandomCase, CaseTolerance> tolerance, out bool isCertain)
    {
        using var scope = NewDisposeScope();
        var tensors = new CaseTensors(@case);
        double[] upstream = Upstream(@case);
        var check = new CaseCheck(@case, tensors.ForOracle(), tolerance(@case), upstream);
        isCertain = check.IsCertain;
        return check.Difference(Call(@case, tensors, upstream)) is { } difference ? $"{difference} ({@case})" : null;
    }

    /// <summary>What the loss object gives.</summary>
    public static CaseResult Call(RandomCase @case, CaseTensors tensors, double[] upstream)
    {
        var loss = @case.Loss.Create(@case.Reduction);
        var value = tensors.References is { } references
            ? loss.Call(tensors.Labels, tensors.Embeddings, references, tensors.Weights)
            : loss.Call(tensors.Labels, tensors.Embeddings, tensors.Weights);
        var factors = TensorNumbers.ToTensor(upstream, upstream.Length).to_type(value.dtype);
        (value * (@case.Reduction == LossReduction.None ? factors : factors.sum())).sum().backward();
        return new CaseResult(
            TensorNumbers.Of(value),
            TensorNumbers.GradientOf(tensors.Embeddings),
            tensors.References is { Embeddings.requires_grad: true } set ? TensorNumbers.GradientOf(set.Embeddings) : null,
            tensors.Weights is { requires_grad: true } weights ? TensorNumbers.GradientOf(weights) : null);
    }

    /// <summary>The gradient that reaches the values: another for every value of a vector, and not 1 for a scalar.</summary>
    public static double[] Upstream(RandomCase @case) => @case.Reduction == LossReduction.None
        ? [.. @case.Points.Labels.Select((_, a) => 0.5 + (a % 3))]
        : [0.75];
}
