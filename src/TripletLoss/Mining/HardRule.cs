namespace TripletLoss;

/// <summary>Each anchor's farthest positive with its nearest negative (Hermans et al. 2017, batch hard).</summary>
/// <param name="Margin">The margin.</param>
/// <param name="Soft">The softplus of the difference in place of the hinge; the margin then plays no part.</param>
internal sealed record HardRule(double Margin, bool Soft) : MiningRule(Margin)
{
    /// <inheritdoc/>
    public override TripletReportUnit Unit => TripletReportUnit.Anchors;

    /// <inheritdoc/>
    /// <remarks>A softplus is never 0: there it counts whether the order is wrong.</remarks>
    public override double ActiveMargin => Soft ? 0 : Margin;
}
