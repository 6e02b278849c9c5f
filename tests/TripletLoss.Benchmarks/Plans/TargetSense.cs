namespace TripletLoss.Benchmarks;

/// <summary>Which side of a target is good.</summary>
internal enum TargetSense
{
    /// <summary>The figure or less.</summary>
    AtMost,

    /// <summary>The figure or more.</summary>
    AtLeast,
}
