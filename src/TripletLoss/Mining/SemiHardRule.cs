namespace TripletLoss;

/// <summary>
/// Each positive pair with the nearest negative that is farther than the positive, else with the farthest one (FaceNet; TensorFlow
/// Addons r0.7).
/// </summary>
internal sealed record SemiHardRule(double Margin) : MiningRule(Margin)
{
    /// <inheritdoc/>
    public override TripletReportUnit Unit => TripletReportUnit.Pairs;
}
