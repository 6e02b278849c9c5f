namespace TripletLoss;

/// <summary>Which triplets of a batch enter a loss, and what each adds to it. A kernel chooses by it.</summary>
/// <param name="Margin">The margin.</param>
internal abstract record MiningRule(double Margin)
{
    /// <summary>What a term of the loss is.</summary>
    public abstract TripletReportUnit Unit { get; }

    /// <summary>A triplet counts as active in a report when D_ap − D_an + this is above 0.</summary>
    public virtual double ActiveMargin => Margin;
}
