using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Triplet loss over given triplets: for a Siamese network, or mined offline with <see cref="TripletMiner"/>.</summary>
/// <remarks>
/// <para>
/// With h = max(D_ap − D_an + margin, 0), or log(1 + exp(D_ap − D_an)) when <c>soft</c>, the loss is the mean of h over the triplets. With <c>swap</c> D_pn is taken instead of
/// D_an where it is smaller (Balntas et al. 2016). It agrees with <c>torch.nn.TripletMarginLoss</c> for <see cref="Distance.Euclidean"/>, without the 1e-6 that PyTorch adds to differences.
/// </para>
/// <para>
/// Nothing is mined: whoever chooses the triplets decides what is learned. With no triplets the loss is 0 with a graph. It is computed by ordinary autograd, so it can be
/// differentiated twice.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var loss = new ExplicitTripletLoss(margin: 0.5);
/// using var value = loss.Call(encoder.call(anchors), encoder.call(positives), encoder.call(negatives));
/// value.backward();
/// </code>
/// </example>
[JsonConverter(typeof(LossJsonConverter<ExplicitTripletLoss>))]
public sealed class ExplicitTripletLoss : Loss
{
    /// <summary>Configures the loss.</summary>
    /// <param name="margin">The margin: finite, at least 0, 1 by default; in units of the distance, so of its square by default.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default.</param>
    /// <param name="swap">Whether to take D_pn instead of D_an where it is smaller.</param>
    /// <param name="soft">The softplus of D_ap − D_an in place of the hinge; the margin then plays no part.</param>
    /// <param name="reduction">How the losses of the triplets become the loss.</param>
    /// <param name="name">The name; null: <c>explicit_triplet_loss</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is NaN, infinite or negative.</exception>
    public ExplicitTripletLoss(
        double margin = 1.0,
        Distance? distance = null,
        bool swap = false,
        bool soft = false,
        LossReduction reduction = LossReduction.SumOverBatchSize,
        string? name = null)
        : base(
            reduction, name, ("margin", MarginArgument.Checked(margin)), ("distance_metric", distance ??= Distance.SquaredEuclidean), ("swap", swap), ("soft", soft)) =>
        (Margin, Distance, Swap, Soft) = (margin, distance, swap, soft);

    /// <summary>The margin.</summary>
    public double Margin { get; }

    /// <summary>The distance.</summary>
    public Distance Distance { get; }

    /// <summary>Whether to take D_pn instead of D_an where it is smaller.</summary>
    public bool Swap { get; }

    /// <summary>Whether to take a softplus instead of the hinge.</summary>
    public bool Soft { get; }

    /// <summary>Creates the loss of a configuration; what it does not name takes its default.</summary>
    /// <param name="config">As <see cref="Loss.GetConfig"/> gives it.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The configuration has an unknown name or a value of a wrong type.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="config"/> is null.</exception>
    public static ExplicitTripletLoss FromConfig(LossConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config = config.WithDefaultsOf(new ExplicitTripletLoss());
        return new(
            config.GetDouble("margin"), config.GetDistance("distance_metric"), config.GetBoolean("swap"), config.GetBoolean("soft"), config.Reduction, config.Name);
    }

    /// <summary>The loss of triplets given point by point: row i of the three tensors is a triplet. With integers in the first it is <c>Call(yTrue, yPred, sampleWeight)</c>.</summary>
    /// <param name="anchor">[T, d], float.</param>
    /// <param name="positive">[T, d].</param>
    /// <param name="negative">[T, d].</param>
    /// <param name="sampleWeight">A scalar, [T] or [T, 1]: the weight of each triplet. Null (the default): ones.</param>
    /// <returns>A scalar, or [T] with <see cref="LossReduction.None"/>; float32, or float64 for float64 points.</returns>
    /// <exception cref="ArgumentException">The three are not float tensors of one shape and type on one device, or the weights do not fit.</exception>
    /// <exception cref="ArgumentNullException">One of the three is null.</exception>
    public Tensor Call(Tensor anchor, Tensor positive, Tensor negative, Tensor? sampleWeight = null)
    {
        // C# takes loss.Call(triplets, embeddings, weights) for this overload; points are never integers.
        if (sampleWeight is null && anchor is not null && anchor.is_integral())
            return Evaluate(new BatchArguments(anchor, positive, null, negative));
        var triplets = new ExplicitTriplets(anchor!, positive, negative);
        triplets.Validate();
        if (sampleWeight is not null)
            BatchArguments.ValidateWeight(sampleWeight, triplets.Anchor, "per triplet");
        return Evaluate(triplets, sampleWeight, null);
    }

    /// <inheritdoc/>
    protected override Tensor PerAnchor(LossInput input) => throw new NotSupportedException("Explicit triplets have no anchors of a batch.");

    /// <inheritdoc/>
    internal override Tensor Evaluate(BatchArguments arguments, ReportBuilder? report = null)
    {
        Validate(arguments);
        using var scope = NewDisposeScope();
        var value = Evaluate(new TripletRows(arguments).Gather(), arguments.SampleWeight, report);
        GC.KeepAlive(arguments);
        return value.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    internal override void Validate(BatchArguments arguments) => new TripletRows(arguments).Validate();

    /// <inheritdoc/>
    internal override Tensor LabelsAmongAll(Tensor labels, long firstRow)
    {
        using var first = firstRow.ToScalar();
        return labels.to_type(int64).add(first, Numbers.WholeOne);
    }

    private Tensor Evaluate(ExplicitTriplets triplets, Tensor? sampleWeight, ReportBuilder? report)
    {
        using var scope = NewDisposeScope();
        var (near, far) = triplets.Distances(Distance, Swap);
        using var added = Margin.ToScalar();
        // Not clamp, whose gradient is 1 at exactly 0; and not log(1 + exp(x)), which overflows.
        var losses = Soft ? nn.functional.logsigmoid(far - near).neg() : (near - far).add(added, Numbers.One).relu();
        // An infinite distance to a negative would else be a loss of 0.
        losses = losses * triplets.OneIfFinite();
        var weights = sampleWeight is null || sampleWeight.ndim == 0 ? sampleWeight : sampleWeight.reshape(-1);
        var value = new Reducer(Reduction, weights, losses.size(0)).Reduce(losses);
        report?.Complete(Name, triplets, this, near.detach(), far.detach(), value);
        GC.KeepAlive(triplets);
        GC.KeepAlive(sampleWeight);
        return value.MoveToOuterDisposeScope();
    }
}
