using System.Text.Json.Serialization;

namespace TripletLoss;

/// <summary>What a batch held for a loss: how many positives, how many terms are still active, how far apart the points are.</summary>
/// <remarks>
/// <para>
/// <see cref="Loss.Inspect(TorchSharp.torch.Tensor, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor?)"/> makes one, and so does <c>Call(…, out TripletReport report)</c> while it computes the loss. It
/// holds numbers, not tensors. <see cref="ToString"/> is Markdown, to be read in a terminal or pasted into an issue.
/// </para>
/// <para>
/// Sample weights change <see cref="Loss"/> only. Degenerate batches and embeddings that are not finite have a report as well. A custom loss has a report of what
/// follows from labels, embeddings and its per-anchor losses: the distances are empty then.
/// </para>
/// <para><c>JsonSerializer</c> writes a report whatever the batch was: the distance by its name, what there is not as null, a loss that is not finite as <c>"NaN"</c> or <c>"Infinity"</c>.</para>
/// </remarks>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed class TripletReport
{
    internal TripletReport(string lossName, double loss, MiningProblem problem, LabelledPairs pairs)
    {
        (LossName, Loss) = (lossName, loss);
        (Anchors, References, Dimensions) = (problem.AnchorCount, problem.References?.size(0), problem.Embeddings.size(1));
        (AnchorsWithoutPositive, AnchorsWithoutNegative) = (pairs.AnchorsWithoutPositive, pairs.AnchorsWithoutNegative);
        (PositivePairs, Triplets) = (pairs.PositiveCount, pairs.Triplets);
    }

    internal TripletReport(string lossName, double loss, ExplicitTriplets triplets)
    {
        (LossName, Loss) = (lossName, loss);
        Anchors = PositivePairs = Triplets = triplets.Anchor.size(0);
        Dimensions = triplets.Anchor.size(1);
    }

    /// <summary>The name of the loss.</summary>
    public string LossName { get; }

    /// <summary>The distance; null for a custom loss.</summary>
    [JsonIgnore] // its own JSON refuses a name that leads nowhere, and a report is written whatever the loss was
    public Distance? Distance { get; internal init; }

    /// <summary>The distance's name; null for a custom loss.</summary>
    [JsonPropertyName(nameof(Distance))]
    public string? DistanceName => Distance?.Name;

    /// <summary>The margin; null where there is none, as with <see cref="TripletHardLoss.Soft"/>, and for a custom loss.</summary>
    public double? Margin { get; internal init; }

    /// <summary>The value of the loss; with <see cref="LossReduction.None"/> the mean of its vector.</summary>
    public double Loss { get; }

    /// <summary>The number of anchors B.</summary>
    public long Anchors { get; }

    /// <summary>The number of references N; null where the batch mined itself.</summary>
    public long? References { get; }

    /// <summary>The number of dimensions d.</summary>
    public long Dimensions { get; }

    /// <summary>How many embeddings, of anchors and references, have an entry that is not finite; one is enough to make the loss NaN.</summary>
    public long NonFiniteEmbeddings { get; internal init; }

    /// <summary>How many anchors have no other sample of their label.</summary>
    public long AnchorsWithoutPositive { get; }

    /// <summary>How many anchors have no sample of another label.</summary>
    public long AnchorsWithoutNegative { get; }

    /// <summary>The number of ordered pairs (anchor, positive).</summary>
    public long PositivePairs { get; }

    /// <summary>The number of triplets (anchor, positive, negative).</summary>
    public long Triplets { get; }

    /// <summary>What <see cref="Terms"/> counts.</summary>
    public TripletReportUnit Unit { get; internal init; }

    /// <summary>The number of terms of the loss: anchors, positive pairs or triplets.</summary>
    public long Terms { get; internal init; }

    /// <summary>
    /// How many terms contribute to the loss: a hinge above 0. With <see cref="TripletHardLoss.Soft"/>, whose terms are always above 0: how many anchors have a
    /// positive farther than a negative.
    /// </summary>
    public long ActiveTerms { get; internal init; }

    /// <summary>How many anchors have a loss above 0, before weights; with <see cref="TripletHardLoss.Soft"/> all that have a negative.</summary>
    public long ActiveAnchors { get; internal init; }

    /// <summary><see cref="ActiveTerms"/> / <see cref="Terms"/>; 0 where there are none.</summary>
    public double ActiveShare => Share(ActiveTerms);

    /// <summary>
    /// Semi-hard: how many pairs took the farthest negative because none is beyond their positive; null for other losses.
    /// </summary>
    public long? FallbackPairs { get; internal init; }

    /// <summary><see cref="FallbackPairs"/> / <see cref="Terms"/>; 0 where there are no pairs, null for other losses.</summary>
    public double? FallbackShare => FallbackPairs is { } pairs ? Share(pairs) : null;

    /// <summary>The distances of the positives; hard: of each anchor's farthest one.</summary>
    public Quantiles? PositiveDistances { get; internal init; }

    /// <summary>
    /// The distances of the chosen negatives: semi-hard one per pair, hard each anchor's nearest one, batch-all every negative of every anchor.
    /// </summary>
    public Quantiles? NegativeDistances { get; internal init; }

    /// <summary>The lengths of the anchors' embeddings.</summary>
    public Quantiles? Norms { get; internal init; }

    /// <summary>The distances of the anchors from the centre of the batch; null for a custom distance and a custom loss.</summary>
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
