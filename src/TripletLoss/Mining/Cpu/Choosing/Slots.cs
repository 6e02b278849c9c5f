namespace TripletLoss;

/// <summary>Some slots of a group of anchors side by side: their thresholds and what is found, a vector's lanes from one slot to the next.</summary>
/// <param name="thresholds">What is subtracted from the bits of a distance.</param>
/// <param name="excess">Where the least that comes of it goes.</param>
/// <param name="chosen">Where the lowest original index that has it goes.</param>
/// <param name="count">How many slots.</param>
/// <param name="lanes">From one slot to the next.</param>
/// <param name="flip">The first slot's exclusive-or with the bits before the subtraction: all ones turn the farthest into the least.</param>
internal readonly unsafe struct Slots(uint* thresholds, uint* excess, int* chosen, int count, int lanes, uint flip)
{
    /// <summary>How many are mined in one pass over the distances: more running minima do not stay in registers.</summary>
    public const int PerPass = 4;

    public uint* Thresholds => thresholds;

    public uint* Excess => excess;

    public int* Chosen => chosen;

    public int Count => count;

    public uint Flip => flip;

    /// <summary>Without the first few.</summary>
    public Slots After(int some) =>
        new(thresholds + (some * lanes), excess + (some * lanes), chosen + (some * lanes), count - some, lanes, 0);
}
