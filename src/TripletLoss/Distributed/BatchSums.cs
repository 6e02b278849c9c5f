namespace TripletLoss;

/// <summary>What a rank adds to a loss before anything is divided.</summary>
/// <param name="Weighted">Σ weights · sums of its anchors.</param>
/// <param name="Divisor">Its pairs, anchors or triplets.</param>
/// <param name="Weights">Σ weights of its anchors.</param>
internal readonly record struct BatchSums(double Weighted, double Divisor, double Weights)
{
    /// <summary>That of all ranks: added in their order, so that every rank has the same bits.</summary>
    public static BatchSums Of(IEnumerable<BatchSums> ranks) =>
        ranks.Aggregate((one, other) => new(one.Weighted + other.Weighted, one.Divisor + other.Divisor, one.Weights + other.Weights));

    /// <summary>What a sum of hinges counts in the loss of all anchors, without the weights' sum.</summary>
    /// <param name="reduction">The reduction.</param>
    /// <param name="anchors">How many anchors all ranks have.</param>
    public double Scale(LossReduction reduction, long anchors)
    {
        // Not Divisor <= 0: NaN, where an embedding is not finite, has to stay.
        var scale = Divisor == 0 ? 0 : anchors / Math.Max(Divisor, 1);
        return reduction == LossReduction.SumOverBatchSize ? scale / Math.Max(anchors, 1) : scale;
    }

    /// <summary>1 / Σ weights where the reduction divides by it, 0 where that is 0.</summary>
    public double WeightScale(LossReduction reduction) => reduction != LossReduction.MeanWithSampleWeight ? 1 : Weights == 0 ? 0 : 1 / Weights;
}
