namespace TripletLoss.Benchmarks;

/// <summary>A figure that the library has to reach.</summary>
/// <param name="What">What it is about.</param>
/// <param name="Bound">The figure.</param>
/// <param name="Sense">Which side of it is good.</param>
/// <param name="Unit">What stands behind the figure.</param>
internal sealed record Target(string What, double Bound, TargetSense Sense = TargetSense.AtMost, string Unit = "")
{
    /// <summary>The limit as the tables write it.</summary>
    public string Limit => $"{(Sense == TargetSense.AtMost ? "≤" : "≥")} {Figures.Plain(Bound)}{Unit}";

    /// <summary>Whether a measured figure reaches it.</summary>
    public bool IsMetBy(double figure) => Sense == TargetSense.AtMost ? figure <= Bound : figure >= Bound;
}
