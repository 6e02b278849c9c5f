namespace TripletLoss;

/// <summary>Every triplet of the batch (Hermans et al. 2017, batch all). No triplet is ever built: each distance enters with its rank.</summary>
/// <param name="Margin">The margin.</param>
/// <param name="ActiveOnly">Whether the active triplets are the divisor, or all valid ones.</param>
internal sealed record BatchAllRule(double Margin, bool ActiveOnly) : MiningRule(Margin)
{
    /// <inheritdoc/>
    public override TripletReportUnit Unit => TripletReportUnit.Triplets;
}
