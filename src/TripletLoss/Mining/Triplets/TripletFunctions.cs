using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The pure functions behind the loss objects: unreduced, one value per anchor or triplet.</summary>
public static class TripletFunctions
{
    /// <summary>The per-anchor losses of <see cref="TripletSemiHardLoss"/>: (B / P) · Σ_p h(a, p), whose mean is the loss.</summary>
    /// <param name="labels">[B] or [B, 1], any integer type.</param>
    /// <param name="embeddings">[B, d], float.</param>
    /// <param name="margin">The margin: finite, at least 0, 1 by default.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default.</param>
    /// <param name="references">What to take positives and negatives from; the batch itself by default.</param>
    /// <returns>[B], each with its own gradient; for this the pairs that contribute are collected, so memory grows with their number.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="labels"/> or <paramref name="embeddings"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The margin is NaN, infinite or negative.</exception>
    public static Tensor SemiHard(
        Tensor labels, Tensor embeddings, double margin = 1.0, Distance? distance = null, ReferenceSet? references = null) =>
        PerAnchor(
            new BatchArguments(labels, embeddings, references, null, nameof(labels), nameof(embeddings)),
            new SemiHardRule(MarginArgument.Checked(margin)), distance);

    /// <summary>The per-anchor losses of <see cref="TripletHardLoss"/>.</summary>
    /// <param name="labels">[B] or [B, 1], any integer type.</param>
    /// <param name="embeddings">[B, d], float.</param>
    /// <param name="margin">The margin: finite, at least 0, 1 by default.</param>
    /// <param name="soft">Whether to take a softplus instead of the hinge and its margin.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default.</param>
    /// <param name="references">What to take positives and negatives from; the batch itself by default.</param>
    /// <returns>[B], each with its own gradient.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="labels"/> or <paramref name="embeddings"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The margin is NaN, infinite or negative.</exception>
    public static Tensor Hard(
        Tensor labels,
        Tensor embeddings,
        double margin = 1.0,
        bool soft = false,
        Distance? distance = null,
        ReferenceSet? references = null) =>
        PerAnchor(
            new BatchArguments(labels, embeddings, references, null, nameof(labels), nameof(embeddings)),
            new HardRule(MarginArgument.Checked(margin), soft), distance);

    /// <summary>The per-anchor losses of <see cref="TripletBatchAllLoss"/>: (B / count) times an anchor's own sum.</summary>
    /// <param name="labels">[B] or [B, 1], any integer type.</param>
    /// <param name="embeddings">[B, d], float.</param>
    /// <param name="margin">The margin: finite, at least 0, 1 by default.</param>
    /// <param name="activeOnly">Whether to count the active triplets only.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default.</param>
    /// <param name="references">What to take positives and negatives from; the batch itself by default.</param>
    /// <returns>[B], each with its own gradient; for this the pairs that contribute are collected, so memory grows with their number.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="labels"/> or <paramref name="embeddings"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The margin is NaN, infinite or negative.</exception>
    public static Tensor BatchAll(
        Tensor labels,
        Tensor embeddings,
        double margin = 1.0,
        bool activeOnly = true,
        Distance? distance = null,
        ReferenceSet? references = null) =>
        PerAnchor(
            new BatchArguments(labels, embeddings, references, null, nameof(labels), nameof(embeddings)),
            new BatchAllRule(MarginArgument.Checked(margin), activeOnly), distance);

    /// <summary>The hinge of explicit triplets: max(D_ap − D_an + margin, 0), by ordinary autograd and so differentiable twice.</summary>
    /// <param name="anchor">[n, d], float.</param>
    /// <param name="positive">[n, d].</param>
    /// <param name="negative">[n, d].</param>
    /// <param name="margin">The margin: finite, at least 0, 1 by default.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default. A custom one is called once per triplet.</param>
    /// <param name="swap">Whether to take D_pn instead of D_an where it is smaller (Balntas et al. 2016).</param>
    /// <returns>[n], float32, or float64 for float64 points. A hinge of exactly 0 has no gradient. All are NaN if a point is not finite.</returns>
    /// <exception cref="ArgumentException">The three are not float tensors of one shape [n, d] on one device.</exception>
    /// <exception cref="ArgumentNullException">One of the three is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The margin is NaN, infinite or negative.</exception>
    /// <example>
    /// <code>
    /// using var anchor = torch.tensor(new float[,] { { 1, 2 }, { 3, 4 } });
    /// using var positive = torch.tensor(new float[,] { { 1.5f, 2.5f }, { 3.5f, 4.5f } });
    /// using var negative = torch.tensor(new float[,] { { 5, 6 }, { 2.5f, 3.5f } });
    /// using var hinges = TripletFunctions.Hinge(anchor, positive, negative, margin: 1);    // [0, 1]: the second negative is as near as the positive
    /// </code>
    /// </example>
    public static Tensor Hinge(
        Tensor anchor, Tensor positive, Tensor negative, double margin = 1.0, Distance? distance = null, bool swap = false)
    {
        MarginArgument.Checked(margin);
        var triplets = new ExplicitTriplets(anchor, positive, negative);
        triplets.Validate();
        using var scope = NewDisposeScope();
        var (positiveDistances, negativeDistances) = triplets.Distances(distance ?? Distance.SquaredEuclidean, swap);
        // Not clamp, whose gradient is 1 at exactly 0.
        using var added = margin.ToScalar();
        // An infinite distance to a negative would else be a hinge of 0.
        var hinges = (positiveDistances - negativeDistances).add(added, Numbers.One).relu() * triplets.OneIfFinite();
        GC.KeepAlive(triplets);
        return hinges.MoveToOuterDisposeScope();
    }

    /// <summary>Which explicit triplets are of a given kind.</summary>
    /// <param name="kind">The kind, or a union of kinds.</param>
    /// <param name="anchor">[n, d], float.</param>
    /// <param name="positive">[n, d].</param>
    /// <param name="negative">[n, d].</param>
    /// <param name="margin">The margin: finite, at least 0, 1 by default.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default.</param>
    /// <returns>A mask, bool [n].</returns>
    /// <exception cref="ArgumentException">The three are not float tensors of one shape [n, d] on one device.</exception>
    /// <exception cref="ArgumentNullException">One of the three is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The margin is NaN, infinite or negative.</exception>
    public static Tensor IsKind(
        TripletKind kind, Tensor anchor, Tensor positive, Tensor negative, double margin = 1.0, Distance? distance = null)
    {
        MarginArgument.Checked(margin);
        var triplets = new ExplicitTriplets(anchor, positive, negative);
        triplets.Validate();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (positiveDistances, negativeDistances) = triplets.Distances(distance ?? Distance.SquaredEuclidean, swap: false);
        using var added = margin.ToScalar();
        var hard = negativeDistances.le(positiveDistances);
        var violating = negativeDistances.lt(positiveDistances.add(added, Numbers.One));
        var mask = zeros_like(hard);
        if (kind.HasFlag(TripletKind.Hard))
            mask |= hard;
        if (kind.HasFlag(TripletKind.SemiHard))
            mask |= violating & ~hard;
        if (kind.HasFlag(TripletKind.Easy))
            mask |= ~violating;
        GC.KeepAlive(triplets);
        return mask.MoveToOuterDisposeScope();
    }

    private static Tensor PerAnchor(BatchArguments arguments, MiningRule rule, Distance? distance)
    {
        arguments.Validate();
        using var scope = NewDisposeScope();
        var losses = new MinedLoss(rule, distance ?? Distance.SquaredEuclidean).PerAnchor(arguments.ToProblem(), null);
        GC.KeepAlive(arguments);
        return losses.MoveToOuterDisposeScope();
    }
}
