namespace TripletLoss;

/// <summary>
/// The best negatives found so far, for each slot of the thresholds. Better is a smaller excess, and among equals the lower original index: an order
/// in which it does not matter who found what when.
/// </summary>
internal sealed unsafe class Candidates(ThresholdTable table, NativeArena arena)
{
    /// <summary>The excess of a slot without any candidate, which have less.</summary>
    public const uint None = 0x80000000;

    /// <summary>The bits of the distance less the threshold of the slot, the smallest so far.</summary>
    public uint* Excess { get; } = arena.AllocateFilled(table.Length, None);

    /// <summary>The original index of that negative.</summary>
    public int* Chosen { get; } = arena.AllocateFilled(table.Length, int.MaxValue);
}
