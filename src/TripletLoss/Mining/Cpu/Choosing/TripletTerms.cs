namespace TripletLoss;

/// <summary>
/// The chosen triplets, one a term (a pair of semi-hard, an anchor of hard): anchor after anchor in sorted order, and
/// the weights of their two distances in the gradient, 0 where the hinge is 0.
/// </summary>
internal sealed unsafe class TripletTerms(long* start, int anchors, NativeArena arena)
{
    /// <summary>The first term of each sorted anchor; one more entry at the end.</summary>
    public long* Start => start;

    public int AnchorCount => anchors;

    public long Count => start[anchors];

    /// <summary>The original index of the positive, −1 for none.</summary>
    public int* Positive { get; } = arena.Allocate<int>(start[anchors]);

    /// <summary>The original index of the negative, −1 for none.</summary>
    public int* Negative { get; } = arena.Allocate<int>(start[anchors]);

    /// <summary>Whether no negative was farther than the positive.</summary>
    public bool* FellBack { get; } = arena.AllocateZeroed<bool>(start[anchors]);

    /// <summary>dL / d|a − p|².</summary>
    public float* PositiveWeight { get; } = arena.AllocateZeroed<float>(start[anchors]);

    /// <summary>dL / d|a − n|².</summary>
    public float* NegativeWeight { get; } = arena.AllocateZeroed<float>(start[anchors]);
}
