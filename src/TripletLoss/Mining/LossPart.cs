using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The part of a loss that some anchors contribute, before anything is divided: parts of one loss add up.</summary>
/// <param name="Sums">[A], float64: each anchor's Σ hinges; NaN where an embedding is not finite.</param>
/// <param name="Terms">A float64 scalar: all positive pairs (semi-hard), anchors (hard) or valid triplets (batch-all).</param>
/// <param name="Active">A float64 scalar: how many of them have a hinge above 0.</param>
/// <param name="AnchorGradient">[A, d]: the gradient of Σ coefficients · sums by the anchors, and by the references where the batch mines itself; null if not asked for.</param>
/// <param name="ReferenceGradient">[N, d]: that by the references; null where the batch mines itself or nobody wants it.</param>
internal sealed record LossPart(Tensor Sums, Tensor Terms, Tensor Active, Tensor? AnchorGradient, Tensor? ReferenceGradient)
{
    /// <summary>What all hinges of the loss are divided by.</summary>
    public Tensor Divisor(MiningRule rule) => rule is BatchAllRule { ActiveOnly: true } ? Active : Terms;

    /// <summary>Moves all to the outer dispose scope.</summary>
    public LossPart MoveToOuterDisposeScope()
    {
        foreach (var tensor in new[] { Sums, Terms, Active, AnchorGradient, ReferenceGradient })
            tensor?.MoveToOuterDisposeScope();
        return this;
    }
}
