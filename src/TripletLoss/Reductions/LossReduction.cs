namespace TripletLoss;

/// <summary>How the per-anchor losses of a batch become the loss (with the names and meanings of Keras 3).</summary>
/// <remarks>
/// With per-anchor losses ℓ [B] and weights w [B] (ones where none are given), v = ℓ · w. The weight is that of the anchor: a
/// weight of 0 removes an anchor's own loss, not its part as a positive or negative of other anchors.
/// </remarks>
public enum LossReduction
{
    /// <summary>Σv / B, the default; equals TensorFlow Addons' number when there are no weights.</summary>
    SumOverBatchSize,

    /// <summary>Σv.</summary>
    Sum,

    /// <summary>No reduction: v, a vector of one loss per anchor.</summary>
    None,

    /// <summary>Σv / Σw, and 0 where Σw = 0.</summary>
    MeanWithSampleWeight,
}
