namespace TripletLoss;

/// <summary>Which positives <see cref="TripletMiner.Select"/> takes for an anchor.</summary>
public enum PositiveChoice
{
    /// <summary>Any, each as likely as the others.</summary>
    Random,

    /// <summary>The farthest.</summary>
    Hardest,

    /// <summary>The nearest.</summary>
    Easiest,
}
