using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// Triplet loss with each anchor's farthest positive and nearest negative (Hermans et al. 2017, batch hard), as in
/// <c>tfa.losses.TripletHardLoss</c> of TensorFlow Addons 0.8 and later.
/// </summary>
/// <remarks>
/// <para>
/// ℓ_a = max(max_p D[a, p] − min_n D[a, n] + margin, 0), or with <c>soft</c> log(1 + exp(max_p D[a, p] − min_n D[a, n])), computed so that it never overflows.
/// The loss is the mean over all anchors. An anchor that is alone in its class has a positive distance of 0 and still counts.
/// </para>
/// <para>A batch without a negative has a loss of 0 (TensorFlow Addons: the margin). Equal distances go to the lowest index.</para>
/// </remarks>
[JsonConverter(typeof(LossJsonConverter<TripletHardLoss>))]
public sealed class TripletHardLoss : Loss
{
    private readonly HardRule _rule;

    /// <summary>Configures the loss.</summary>
    /// <param name="margin">The margin: finite, at least 0, 1 by default. Unused when <paramref name="soft"/>.</param>
    /// <param name="soft">Whether to take a softplus instead of the hinge.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default.</param>
    /// <param name="reduction">How the per-anchor losses become the loss.</param>
    /// <param name="name">The name; null: <c>triplet_hard_loss</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is NaN, infinite or negative.</exception>
    public TripletHardLoss(
        double margin = 1.0,
        bool soft = false,
        Distance? distance = null,
        LossReduction reduction = LossReduction.SumOverBatchSize,
        string? name = null)
        : this(new HardRule(MarginArgument.Checked(margin), soft), distance ?? Distance.SquaredEuclidean, reduction, name)
    {
    }

    private TripletHardLoss(HardRule rule, Distance distance, LossReduction reduction, string? name)
        : base(rule, distance, reduction, name, ("margin", rule.Margin), ("soft", rule.Soft), ("distance_metric", distance))
    {
        (_rule, Distance) = (rule, distance);
    }

    /// <summary>The margin.</summary>
    public double Margin => _rule.Margin;

    /// <summary>Whether to take a softplus instead of the hinge.</summary>
    public bool Soft => _rule.Soft;

    /// <summary>The distance.</summary>
    public Distance Distance { get; }

    /// <summary>Creates the loss of a configuration; what it does not name takes its default.</summary>
    /// <param name="config">As <see cref="Loss.GetConfig"/> gives it.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The configuration has an unknown name or a value of a wrong type.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="config"/> is null.</exception>
    public static TripletHardLoss FromConfig(LossConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config = config.WithDefaultsOf(new TripletHardLoss());
        return new(
            config.GetDouble("margin"), config.GetBoolean("soft"), config.GetDistance("distance_metric"), config.Reduction, config.Name);
    }

    /// <inheritdoc/>
    protected override Tensor PerAnchor(LossInput input) => input.Mine(new MinedLoss(_rule, Distance));
}
