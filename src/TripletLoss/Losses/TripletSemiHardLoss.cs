using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// Triplet loss with semi-hard negatives, exactly as <c>tfa.losses.TripletSemiHardLoss</c> of TensorFlow Addons r0.7 (Schroff et al. 2015, FaceNet).
/// </summary>
/// <remarks>
/// <para>
/// For each ordered pair (a, p) of different samples with one label, n(a, p) is the negative with the smallest D[a, n] among those with
/// D[a, n] &gt; D[a, p], strictly; if there is none, the negative with the largest D[a, n]. The margin plays no part in the choice. With
/// h(a, p) = max(D[a, p] − D[a, n(a, p)] + margin, 0) the loss is Σ h / P over all P such pairs, inactive ones included.
/// </para>
/// <para>
/// The loss of an anchor, which weights multiply and <see cref="LossReduction.None"/> returns, is (B / P) · Σ_p h(a, p): its plain mean is the loss of the
/// batch. Equal distances go to the lowest index; a hinge of exactly 0 has no gradient.
/// </para>
/// <para>
/// A batch without a positive pair or without a negative has a loss of 0 (TensorFlow Addons: NaN, and margin plus mean distance). If distances are exactly equal,
/// TensorFlow Addons splits the gradient among them; here the lowest index gets it.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var loss = new TripletSemiHardLoss(margin: 0.5);
/// using var value = loss.Call(labels, embeddings);
/// value.backward();
/// </code>
/// </example>
[JsonConverter(typeof(LossJsonConverter<TripletSemiHardLoss>))]
public sealed class TripletSemiHardLoss : Loss
{
    private readonly SemiHardRule _rule;

    /// <summary>Configures the loss.</summary>
    /// <param name="margin">The margin: finite, at least 0, 1 by default; in units of the distance, so of its square by default.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default, as in r0.7.</param>
    /// <param name="reduction">How the per-anchor losses become the loss.</param>
    /// <param name="name">The name; null: <c>triplet_semi_hard_loss</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is NaN, infinite or negative.</exception>
    public TripletSemiHardLoss(
        double margin = 1.0,
        Distance? distance = null,
        LossReduction reduction = LossReduction.SumOverBatchSize,
        string? name = null)
        : this(new SemiHardRule(MarginArgument.Checked(margin)), distance ?? Distance.SquaredEuclidean, reduction, name)
    {
    }

    private TripletSemiHardLoss(SemiHardRule rule, Distance distance, LossReduction reduction, string? name)
        : base(rule, distance, reduction, name, ("margin", rule.Margin), ("distance_metric", distance))
    {
        (_rule, Distance) = (rule, distance);
    }

    /// <summary>The margin.</summary>
    public double Margin => _rule.Margin;

    /// <summary>The distance.</summary>
    public Distance Distance { get; }

    /// <summary>Creates the loss of a configuration; what it does not name takes its default.</summary>
    /// <param name="config">As <see cref="Loss.GetConfig"/> gives it.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The configuration has an unknown name or a value of a wrong type.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="config"/> is null.</exception>
    public static TripletSemiHardLoss FromConfig(LossConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config = config.WithDefaultsOf(new TripletSemiHardLoss());
        return new(config.GetDouble("margin"), config.GetDistance("distance_metric"), config.Reduction, config.Name);
    }

    /// <inheritdoc/>
    protected override Tensor PerAnchor(LossInput input) => input.Mine(new MinedLoss(_rule, Distance));
}
