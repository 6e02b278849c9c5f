using System.Globalization;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Chooses triplets and gives their indices, for inspection or for training with <see cref="TripletFunctions.Hinge"/>.</summary>
/// <remarks>
/// Memory is O(tile · B) besides the triplets. The indices are sorted by anchor, then positive, then negative. With references, positives and negatives
/// index these. No gradient flows through a choice. For a batch with an embedding that is not finite the choice is meaningless.
/// </remarks>
public static class TripletMiner
{
    /// <summary>The choice of TensorFlow Addons r0.7's semi-hard loss: one triplet for each positive pair of an anchor that has a negative.</summary>
    /// <param name="labels">[B] or [B, 1], any integer type.</param>
    /// <param name="embeddings">[B, d], float.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default.</param>
    /// <param name="references">What to take positives and negatives from; the batch itself by default.</param>
    /// <returns>The triplets; dispose them.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="labels"/> or <paramref name="embeddings"/> is null.</exception>
    public static TripletIndices BatchSemiHard(
        Tensor labels, Tensor embeddings, Distance? distance = null, ReferenceSet? references = null) =>
        Choose(new BatchArguments(labels, embeddings, references, null, nameof(labels), nameof(embeddings)), new SemiHardRule(0), distance);

    /// <summary>Each anchor's farthest positive and nearest negative: one triplet for each anchor that has both.</summary>
    /// <inheritdoc cref="BatchSemiHard" path="/param|/returns|/exception"/>
    public static TripletIndices BatchHard(
        Tensor labels, Tensor embeddings, Distance? distance = null, ReferenceSet? references = null) =>
        Choose(new BatchArguments(labels, embeddings, references, null, nameof(labels), nameof(embeddings)), new HardRule(0, Soft: false), distance);

    /// <summary>Every triplet of a kind. They are counted first, and not built if there are too many.</summary>
    /// <param name="labels">[B] or [B, 1], any integer type.</param>
    /// <param name="embeddings">[B, d], float.</param>
    /// <param name="margin">The margin of the kinds: finite, at least 0, 1 by default.</param>
    /// <param name="kind">Which triplets; those with a loss by default.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default.</param>
    /// <param name="references">What to take positives and negatives from; the batch itself by default.</param>
    /// <param name="limit">How many to build at most: 50 million by default, which take 1.2 GB.</param>
    /// <returns>The triplets; dispose them.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device, or there are more triplets than the limit.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="labels"/> or <paramref name="embeddings"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The margin is NaN, infinite or negative.</exception>
    public static TripletIndices BatchAll(
        Tensor labels,
        Tensor embeddings,
        double margin = 1.0,
        TripletKind kind = TripletKind.Violating,
        Distance? distance = null,
        ReferenceSet? references = null,
        long limit = 50_000_000)
    {
        MarginArgument.Checked(margin);
        var arguments = new BatchArguments(labels, embeddings, references, null, nameof(labels), nameof(embeddings));
        arguments.Validate();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var problem = arguments.ToProblem();
        var enumeration = new TripletEnumeration(problem, distance ?? Distance.SquaredEuclidean, margin, kind);
        var count = enumeration.Count();
        if (count > limit)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"the batch has {count:N0} triplets of kind {kind}, more than the limit of {limit:N0}. ")
                + "Narrow the kind, mine a smaller batch, or take TripletBatchAllLoss, which needs no list of triplets.", nameof(kind));
        }
        var triplets = enumeration.Collect().ToIndices(problem);
        GC.KeepAlive(arguments);
        return triplets;
    }

    /// <summary>A few triplets for every anchor, chosen from a whole data set: offline mining, once per epoch.</summary>
    /// <remarks>
    /// For every anchor at most <paramref name="perAnchor"/> different positives are taken, and for each of them a negative. An anchor without such a triplet is left out, and counted by
    /// <see cref="TripletIndices.AnchorsLeftOut"/>. The same seed gives the same triplets on every platform, provided that the distances are the same.
    /// </remarks>
    /// <param name="labels">[N] or [N, 1], any integer type.</param>
    /// <param name="embeddings">[N, d], float.</param>
    /// <param name="positives">Which positives; random ones by default.</param>
    /// <param name="negatives">Which negative for each; the nearest semi-hard one by default.</param>
    /// <param name="margin">The margin of <see cref="NegativeChoice.SemiHard"/>: finite, at least 0, 1 by default.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default.</param>
    /// <param name="perAnchor">How many triplets an anchor gets at most: at least 1, the default.</param>
    /// <param name="seed">For what is random; 0 by default.</param>
    /// <param name="references">What to take positives and negatives from; the data set itself by default.</param>
    /// <param name="progress">Told the share of anchors done, in (0, 1], after each tile.</param>
    /// <param name="cancellationToken">Looked at before each tile.</param>
    /// <returns>The triplets; dispose them.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="labels"/> or <paramref name="embeddings"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A choice is unknown, the margin is NaN, infinite or negative, or <paramref name="perAnchor"/> is below 1.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static TripletIndices Select(
        Tensor labels,
        Tensor embeddings,
        PositiveChoice positives = PositiveChoice.Random,
        NegativeChoice negatives = NegativeChoice.SemiHard,
        double margin = 1.0,
        Distance? distance = null,
        int perAnchor = 1,
        long seed = 0,
        ReferenceSet? references = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (!Enum.IsDefined(positives))
            throw new ArgumentOutOfRangeException(nameof(positives), $"positives must be one of {string.Join(", ", Enum.GetNames<PositiveChoice>())}, got {ConfigValues.Describe((int)positives)}.");
        if (!Enum.IsDefined(negatives))
            throw new ArgumentOutOfRangeException(nameof(negatives), $"negatives must be one of {string.Join(", ", Enum.GetNames<NegativeChoice>())}, got {ConfigValues.Describe((int)negatives)}.");
        MarginArgument.Checked(margin);
        CountArgument.AtLeast(1, perAnchor, nameof(perAnchor));
        var arguments = new BatchArguments(labels, embeddings, references, null, nameof(labels), nameof(embeddings));
        arguments.Validate();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var problem = arguments.ToProblem();
        var selection = new TripletSelection(problem, distance ?? Distance.SquaredEuclidean, positives, negatives, margin, perAnchor, seed);
        var triplets = selection.Run(progress, cancellationToken).ToIndices(problem);
        GC.KeepAlive(arguments);
        return triplets;
    }

    private static TripletIndices Choose(BatchArguments arguments, MiningRule rule, Distance? distance)
    {
        arguments.Validate();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var (problem, chosen) = (arguments.ToProblem(), new TripletCollector());
        MiningKernel.Run(new MiningRequest(problem, rule, distance ?? Distance.SquaredEuclidean, Reader: chosen));
        var triplets = chosen.ToIndices(problem);
        GC.KeepAlive(arguments);
        return triplets;
    }
}
