namespace TripletLoss;

/// <summary>A triplet loss as a rule on a tile of distances; what is specific to a loss, and nothing else.</summary>
/// <param name="Margin">The margin.</param>
internal abstract record MiningFormula(double Margin)
{
    /// <summary>The losses of a tile's anchors and their derivative by each distance.</summary>
    public abstract TileOutcome Evaluate(DistanceTile tile);

    /// <summary>What a term of the loss is.</summary>
    public abstract TripletReportUnit Unit { get; }

    /// <summary>The margin within which a chosen triplet counts as active in a report; null for a rule that chooses no triplets.</summary>
    public abstract double? ActiveMargin { get; }

    /// <summary>What the rule chooses in a tile; for reports only.</summary>
    public abstract TileObservation Observe(DistanceTile tile);

    /// <summary>Tells the SIMD kernel which loss it is; the margin it knows.</summary>
    public abstract void Configure(ref SimdProblem problem);
}
