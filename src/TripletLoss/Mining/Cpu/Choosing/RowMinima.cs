using System.Numerics;
using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>Mines the rows of a tile: the anchors are its rows, the negatives its columns.</summary>
internal static unsafe class RowMinima<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // Short enough that the search after an improvement stays short, long enough that asking for one costs little.
    private const int BlockVectors = 8;

    /// <summary>All slots of one anchor, at most four a pass: more running minima than that do not stay in registers.</summary>
    public static void Nearest(
        float* distances, int count, int* originals, uint* thresholds, uint* excess, int* chosen, int slots)
    {
        int step = TWidth.Lanes;
        int slot = 0;
        for (; slots - slot >= 4; slot += 4)
            Pass<FourSlots>(distances, count, originals, thresholds + (slot * step), excess + (slot * step), chosen + (slot * step));
        thresholds += slot * step;
        excess += slot * step;
        chosen += slot * step;
        if (slots - slot == 3)
            Pass<ThreeSlots>(distances, count, originals, thresholds, excess, chosen);
        else if (slots - slot == 2)
            Pass<TwoSlots>(distances, count, originals, thresholds, excess, chosen);
        else if (slots - slot == 1)
            Pass<OneSlot>(distances, count, originals, thresholds, excess, chosen);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass<TCount>(
        float* distances, int count, int* originals, uint* thresholds, uint* excess, int* chosen)
        where TCount : struct, ISlotCount
    {
        int step = TWidth.Lanes;
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
                least0 = TWidth.MinBits(least0, TWidth.SubtractBits(distance, threshold0));
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
            Improve(distances, start, end, originals, least0, bound0, thresholds, excess, chosen);
            if (TCount.Count > 1)
                Improve(distances, start, end, originals, least1, bound1, thresholds + step, excess + step, chosen + step);
            if (TCount.Count > 2)
                Improve(distances, start, end, originals, least2, bound2, thresholds + (2 * step), excess + (2 * step), chosen + (2 * step));
            if (TCount.Count > 3)
                Improve(distances, start, end, originals, least3, bound3, thresholds + (3 * step), excess + (3 * step), chosen + (3 * step));
        }
    }

    /// <summary>Records the best of a block, if it is an improvement, with its lowest index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Improve(
        float* distances, int start, int end, int* originals,
        TVector least, TVector bound, uint* threshold, uint* excess, int* chosen)
    {
        if (TWidth.IsZero(TWidth.XorBits(least, bound)))
            return;
        uint best = TWidth.LeastBits(least);
        int index = best == *excess ? *chosen : int.MaxValue;
        *excess = best;
        *chosen = LowestIndex(distances, start, end, originals, best + *threshold, index);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Farthest(float* distances, int count, int* originals, int* farthest, int* chosen)
    {
        int* lanes = stackalloc int[TWidth.Lanes];
        for (int start = 0; start < count; start += BlockVectors * TWidth.Lanes)
        {
            int end = Math.Min(start + (BlockVectors * TWidth.Lanes), count);
            TVector bound = TWidth.BroadcastBits((uint)(*farthest - 1));
            TVector most = bound;
            for (int column = start; column < end; column += TWidth.Lanes)
                most = TWidth.MaxSignedBits(most, TWidth.Load(distances + column));
            if (TWidth.IsZero(TWidth.XorBits(most, bound)))
                continue;

            TWidth.Store((float*)lanes, most);
            int best = lanes[0];
            for (int lane = 1; lane < TWidth.Lanes; lane++)
                best = Math.Max(best, lanes[lane]);
            int index = best == *farthest ? *chosen : int.MaxValue;
            *farthest = best;
            *chosen = LowestIndex(distances, start, end, originals, (uint)best, index);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LowestIndex(float* distances, int start, int end, int* originals, uint wanted, int index)
    {
        TVector target = TWidth.BroadcastBits(wanted);
        for (int column = start; column < end; column += TWidth.Lanes)
        {
            for (uint equal = TWidth.EqualBits(TWidth.Load(distances + column), target); equal != 0; equal &= equal - 1)
                index = Math.Min(index, originals[column + BitOperations.TrailingZeroCount(equal)]);
        }

        return index;
    }
}
