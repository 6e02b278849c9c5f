using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Triplet loss over every triplet of the batch (Hermans et al. 2017, batch all), in O(B log B) per anchor.</summary>
/// <remarks>
/// <para>
/// Σ max(D[a, p] − D[a, n] + margin, 0) over all valid (a, p, n), divided by the number of active triplets (those above 0) or, with
/// <c>activeOnly: false</c>, of all valid ones. The loss of an anchor is (B / count) times its own sum.
/// </para>
/// <para>A batch without a valid or, with <c>activeOnly</c>, without an active triplet has a loss of 0.</para>
/// </remarks>
[JsonConverter(typeof(LossJsonConverter<TripletBatchAllLoss>))]
public sealed class TripletBatchAllLoss : Loss
{
    private readonly BatchAllRule _rule;

    /// <summary>Configures the loss.</summary>
    /// <param name="margin">The margin: finite, at least 0, 1 by default; in units of the distance.</param>
    /// <param name="activeOnly">Whether to divide by the number of active triplets (the default) or by that of all valid ones.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default.</param>
    /// <param name="reduction">How the per-anchor losses become the loss.</param>
    /// <param name="name">The name; null: <c>triplet_batch_all_loss</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is NaN, infinite or negative.</exception>
    public TripletBatchAllLoss(
        double margin = 1.0,
        bool activeOnly = true,
        Distance? distance = null,
        LossReduction reduction = LossReduction.SumOverBatchSize,
        string? name = null)
        : this(new BatchAllRule(MarginArgument.Checked(margin), activeOnly), distance ?? Distance.SquaredEuclidean, reduction, name)
    {
    }

    private TripletBatchAllLoss(BatchAllRule rule, Distance distance, LossReduction reduction, string? name)
        : base(rule, distance, reduction, name, ("margin", rule.Margin), ("active_only", rule.ActiveOnly), ("distance_metric", distance))
    {
        (_rule, Distance) = (rule, distance);
    }

    /// <summary>The margin.</summary>
    public double Margin => _rule.Margin;

    /// <summary>Whether the divisor counts the active triplets only.</summary>
    public bool ActiveOnly => _rule.ActiveOnly;

    /// <summary>The distance.</summary>
    public Distance Distance { get; }

    /// <summary>Creates the loss of a configuration; what it does not name takes its default.</summary>
    /// <param name="config">As <see cref="Loss.GetConfig"/> gives it.</param>
    /// <returns>The loss.</returns>
    /// <exception cref="ArgumentException">The configuration has an unknown name or a value of a wrong type.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="config"/> is null.</exception>
    public static TripletBatchAllLoss FromConfig(LossConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config = config.WithDefaultsOf(new TripletBatchAllLoss());
        return new(
            config.GetDouble("margin"), config.GetBoolean("active_only"), config.GetDistance("distance_metric"), config.Reduction, config.Name);
    }

    /// <inheritdoc/>
    protected override Tensor PerAnchor(LossInput input) => input.Mine(new MinedLoss(_rule, Distance));
}
