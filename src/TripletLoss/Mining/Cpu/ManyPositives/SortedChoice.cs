using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>Semi-hard on one anchor's sorted row, in which the positives are marked: whatever the distribution.</summary>
internal sealed unsafe class SortedChoice(ClassIndex classes, NativeArena arena)
{
    // Where in the row each positive and its negative stand.
    private readonly int* _positives = arena.Allocate<int>(classes.MaximumPositives + 1L);
    private readonly int* _negatives = arena.Allocate<int>(classes.MaximumPositives + 1L);

    /// <summary>
    /// From the far end down: the last negative passed is the nearest one above, and equal ones come later. Without branches on
    /// the kind of an entry, which cannot be predicted.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Choose(SortedRow row, int* originals, RowChoices choices)
    {
        ulong* entries = row.Entries;
        int* positives = _positives, negatives = _negatives;
        int found = 0, current = Farthest(row);
        for (int place = row.Count - 1; place >= 0; place--)
        {
            int positive = SortedRow.IsMarked(entries[place]);
            positives[found] = place;
            negatives[found] = current;
            found += positive;
            current += (place - current) & (positive - 1);
        }

        // Neighbours often share their negative, and where all distances are equal its run is the whole row.
        int last = -1;
        ulong negative = 0;
        for (int i = 0; i < found; i++)
        {
            if (negatives[i] != last)
                negative = LowestOfRun(entries, row.Count, last = negatives[i], originals);
            int slot = classes.SlotOf(choices.Anchor, SortedRow.Column(entries[positives[i]]));
            choices.Negatives[slot] = SortedRow.Column(negative);
            choices.NegativeBits[slot] = SortedRow.Bits(negative);
        }
    }

    /// <summary>The first of the farthest negatives that are equally far.</summary>
    private static int Farthest(SortedRow row)
    {
        ulong* entries = row.Entries;
        int place = row.Count - 1;
        while (SortedRow.IsMarked(entries[place]) != 0)
            place--;
        while (place > 0 && SortedRow.Bits(entries[place - 1]) == SortedRow.Bits(entries[place]))
            place--;
        return place;
    }

    /// <summary>Of the equally far negatives from this place on, the one whose original index is lowest.</summary>
    private static ulong LowestOfRun(ulong* entries, int length, int place, int* originals)
    {
        ulong lowest = entries[place];
        for (int other = place + 1; other < length && ((entries[other] ^ lowest) >> 32) == 0; other++)
        {
            if (SortedRow.IsMarked(entries[other]) != 0)
                break;
            if (originals[SortedRow.Column(entries[other])] < originals[SortedRow.Column(lowest)])
                lowest = entries[other];
        }

        return lowest;
    }
}
