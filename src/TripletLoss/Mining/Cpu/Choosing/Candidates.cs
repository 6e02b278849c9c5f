using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// The best negatives found so far, for each slot of the thresholds, and the farthest for each anchor. Better is nearer
/// (farther), and among equals the lower original index: an order in which it does not matter who found what when, so
/// that the threads' own candidates merge to the same result however the tiles were shared out.
/// </summary>
internal sealed unsafe class Candidates
{
    /// <summary>The excess of a slot without any candidate.</summary>
    public const uint None = 0x7FFFFFFF;

    public Candidates(ThresholdTable table, int anchors, bool wantsFarthest, NativeArena arena)
    {
        Excess = arena.AllocateFilled(table.Length, None);
        Chosen = arena.AllocateFilled(table.Length, int.MaxValue);
        if (!wantsFarthest)
            return;
        int padded = table.Groups * table.Lanes;
        Farthest = arena.AllocateZeroed<int>(padded);
        FarthestChosen = arena.AllocateFilled(padded, int.MaxValue);
        AnchorCount = anchors;
    }

    public int AnchorCount { get; }

    /// <summary>The bits of the distance less the threshold of the slot, the smallest so far.</summary>
    public uint* Excess { get; }

    /// <summary>The original index of that negative.</summary>
    public int* Chosen { get; }

    /// <summary>The bits of the largest distance of each anchor (null when nobody asks).</summary>
    public int* Farthest { get; }

    public int* FarthestChosen { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Merge(Candidates other, long slotStart, long slotEnd)
    {
        for (long slot = slotStart; slot < slotEnd; slot++)
        {
            if (other.Excess[slot] < Excess[slot]
                || (other.Excess[slot] == Excess[slot] && other.Chosen[slot] < Chosen[slot]))
            {
                Excess[slot] = other.Excess[slot];
                Chosen[slot] = other.Chosen[slot];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MergeFarthest(Candidates other)
    {
        for (int anchor = 0; anchor < AnchorCount; anchor++)
        {
            if (other.Farthest[anchor] > Farthest[anchor]
                || (other.Farthest[anchor] == Farthest[anchor] && other.FarthestChosen[anchor] < FarthestChosen[anchor]))
            {
                Farthest[anchor] = other.Farthest[anchor];
                FarthestChosen[anchor] = other.FarthestChosen[anchor];
            }
        }
    }
}
