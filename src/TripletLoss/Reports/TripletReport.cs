namespace TripletLoss;

/// <summary>What a batch held for a loss: how many positives, how many terms are still active, how far apart the points are.</summary>
/// <remarks>
/// <para>
/// <see cref="Loss.Inspect(TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor?)"/> makes one, and so does <c>Call(…, out TripletReport report)</c> while it computes the loss. It
/// holds numbers, no tensors. <see cref="ToString"/> is Markdown, to be read in a terminal or pasted into an issue.
/// </para>
/// <para>
/// Sample weights change <see cref="Loss"/> only. Poor batches and embeddings that are not finite have a report as well. A loss of one's own has a report of what
/// follows from labels, embeddings and its per-anchor losses: the distances are empty then.
/// </para>
/// </remarks>
public sealed class TripletReport
{
    internal TripletReport()
    {
    }

    /// <summary>The name of the loss.</summary>
    public required string LossName { get; init; }

    /// <summary>The distance; null for a loss of one's own.</summary>
    public required Distance? Distance { get; init; }

    /// <summary>The margin; null where there is none, as with <see cref="TripletHardLoss.Soft"/>, and for a loss of one's own.</summary>
    public required double? Margin { get; init; }

    /// <summary>The value of the loss; with <see cref="LossReduction.None"/> the mean of its vector.</summary>
    public required double Loss { get; init; }

    /// <summary>The number of anchors B.</summary>
    public required long Anchors { get; init; }

    /// <summary>The number of references N; null where the batch mined itself.</summary>
    public required long? References { get; init; }

    /// <summary>The number of dimensions d.</summary>
    public required long Dimensions { get; init; }

    /// <summary>How many embeddings, of anchors and references, have an entry that is not finite; one is enough to make the loss NaN.</summary>
    public required long NonFiniteEmbeddings { get; init; }

    /// <summary>How many anchors have no other sample of their label.</summary>
    public required long AnchorsWithoutPositive { get; init; }

    /// <summary>How many anchors have no sample of another label.</summary>
    public required long AnchorsWithoutNegative { get; init; }

    /// <summary>The number of ordered pairs (anchor, positive).</summary>
    public required long PositivePairs { get; init; }

    /// <summary>The number of triplets (anchor, positive, negative).</summary>
    public required long Triplets { get; init; }

    /// <summary>What <see cref="Terms"/> counts.</summary>
    public required TripletReportUnit Unit { get; init; }

    /// <summary>The number of terms of the loss: anchors, positive pairs or triplets.</summary>
    public required long Terms { get; init; }

    /// <summary>
    /// How many terms have a part in the loss: a hinge above 0. With <see cref="TripletHardLoss.Soft"/>, whose terms are always above 0: how many anchors have a
    /// positive farther than a negative.
    /// </summary>
    public required long ActiveTerms { get; init; }

    /// <summary>How many anchors have a loss above 0, before weights; with <see cref="TripletHardLoss.Soft"/> all that have a negative.</summary>
    public required long ActiveAnchors { get; init; }

    /// <summary><see cref="ActiveTerms"/> / <see cref="Terms"/>; 0 where there are none.</summary>
    public double ActiveShare => Share(ActiveTerms);

    /// <summary>
    /// Semi-hard: how many pairs took the farthest negative for want of one beyond their positive; null for other losses.
    /// </summary>
    public required long? FallbackPairs { get; init; }

    /// <summary><see cref="FallbackPairs"/> / <see cref="Terms"/>; 0 where there are no pairs, null for other losses.</summary>
    public double? FallbackShare => FallbackPairs is { } pairs ? Share(pairs) : null;

    /// <summary>The distances of the positives; hard: of each anchor's farthest one.</summary>
    public required Quantiles PositiveDistances { get; init; }

    /// <summary>
    /// The distances of the chosen negatives: semi-hard one a pair, hard each anchor's nearest one, batch-all every negative of every anchor.
    /// </summary>
    public required Quantiles NegativeDistances { get; init; }

    /// <summary>The lengths of the anchors' embeddings.</summary>
    public required Quantiles Norms { get; init; }

    /// <summary>The distances of the anchors from the middle of the batch; null for a custom distance and a loss of one's own.</summary>
    internal Quantiles? DistancesFromCentre { get; init; }

    /// <summary>What is wrong with the batch, and what to do; empty for a healthy one.</summary>
    public IReadOnlyList<TripletFinding> Findings => BatchFindings.Fatal(this).ToArray() is { Length: > 0 } fatal
        ? fatal
        : [.. BatchFindings.Weak(this), .. EmbeddingFindings.Of(this)];

    /// <summary>The report as Markdown: a table of counts, one of quantiles, and the findings.</summary>
    /// <returns>Several lines.</returns>
    public override string ToString() => ReportTable.Of(this);

    private double Share(long count) => Terms == 0 ? 0 : (double)count / Terms;
}
