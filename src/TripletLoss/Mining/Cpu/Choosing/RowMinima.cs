using System.Numerics;
using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>Mines the rows of a tile: the anchors are its rows, the negatives its columns.</summary>
internal static unsafe class RowMinima<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // Short enough that the search after an improvement stays short, long enough that asking for one costs little.
    private const int BlockVectors = 12;

    /// <summary>All slots of one anchor, at most four a pass.</summary>
    public static void Nearest(float* distances, int count, int* originals, Slots slots)
    {
        for (; slots.Count >= Slots.PerPass; slots = slots.After(Slots.PerPass))
            Pass<FourSlots>(distances, count, originals, slots);
        if (slots.Count == 3)
            Pass<ThreeSlots>(distances, count, originals, slots);
        else if (slots.Count == 2)
            Pass<TwoSlots>(distances, count, originals, slots);
        else if (slots.Count == 1)
            Pass<OneSlot>(distances, count, originals, slots);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass<TCount>(float* distances, int count, int* originals, Slots slots)
        where TCount : struct, ISlotCount
    {
        int step = TWidth.Lanes;
        uint* thresholds = slots.Thresholds;
        uint* excess = slots.Excess;
        TVector flip = TWidth.BroadcastBits(slots.Flip);
        TVector threshold0 = TWidth.BroadcastBits(thresholds[0]), threshold1 = threshold0;
        TVector threshold2 = threshold0, threshold3 = threshold0;
        if (TCount.Count > 1)
            threshold1 = TWidth.BroadcastBits(thresholds[step]);
        if (TCount.Count > 2)
            threshold2 = TWidth.BroadcastBits(thresholds[2 * step]);
        if (TCount.Count > 3)
            threshold3 = TWidth.BroadcastBits(thresholds[3 * step]);

        for (int start = 0; start < count; start += BlockVectors * TWidth.Lanes)
        {
            int end = Math.Min(start + (BlockVectors * TWidth.Lanes), count);

            // One above the best: an equal distance is an improvement too when its index is lower.
            TVector bound0 = TWidth.BroadcastBits(excess[0] + 1), bound1 = bound0, bound2 = bound0, bound3 = bound0;
            if (TCount.Count > 1)
                bound1 = TWidth.BroadcastBits(excess[step] + 1);
            if (TCount.Count > 2)
                bound2 = TWidth.BroadcastBits(excess[2 * step] + 1);
            if (TCount.Count > 3)
                bound3 = TWidth.BroadcastBits(excess[3 * step] + 1);
            TVector least0 = bound0, least1 = bound1, least2 = bound2, least3 = bound3;
            for (int column = start; column < end; column += TWidth.Lanes)
            {
                TVector distance = TWidth.Load(distances + column);
                least0 = TWidth.MinBits(least0, TWidth.SubtractBits(TWidth.XorBits(distance, flip), threshold0));
                if (TCount.Count > 1)
                    least1 = TWidth.MinBits(least1, TWidth.SubtractBits(distance, threshold1));
                if (TCount.Count > 2)
                    least2 = TWidth.MinBits(least2, TWidth.SubtractBits(distance, threshold2));
                if (TCount.Count > 3)
                    least3 = TWidth.MinBits(least3, TWidth.SubtractBits(distance, threshold3));
            }

            TVector change = TWidth.XorBits(least0, bound0);
            if (TCount.Count > 1)
                change = TWidth.OrBits(change, TWidth.XorBits(least1, bound1));
            if (TCount.Count > 2)
                change = TWidth.OrBits(change, TWidth.XorBits(least2, bound2));
            if (TCount.Count > 3)
                change = TWidth.OrBits(change, TWidth.XorBits(least3, bound3));
            if (TWidth.IsZero(change))
                continue;
            Improve(distances, start, end, originals, least0, bound0, slots, 0);
            if (TCount.Count > 1)
                Improve(distances, start, end, originals, least1, bound1, slots, step);
            if (TCount.Count > 2)
                Improve(distances, start, end, originals, least2, bound2, slots, 2 * step);
            if (TCount.Count > 3)
                Improve(distances, start, end, originals, least3, bound3, slots, 3 * step);
        }
    }

    /// <summary>Records the best of a block, if it is an improvement, with its lowest index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Improve(
        float* distances, int start, int end, int* originals, TVector least, TVector bound, in Slots slots, int place)
    {
        if (TWidth.IsZero(TWidth.XorBits(least, bound)))
            return;
        uint best = TWidth.LeastBits(least);
        int index = best == slots.Excess[place] ? slots.Chosen[place] : int.MaxValue;
        TVector wanted = TWidth.BroadcastBits(slots.Distance(place, best));
        for (int column = start; column < end; column += TWidth.Lanes)
        {
            for (uint equal = TWidth.EqualBits(TWidth.Load(distances + column), wanted); equal != 0; equal &= equal - 1)
                index = Math.Min(index, originals[column + BitOperations.TrailingZeroCount(equal)]);
        }

        slots.Excess[place] = best;
        slots.Chosen[place] = index;
    }
}
