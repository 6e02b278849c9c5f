using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Mines the columns of a tile: a vector's worth of anchors side by side, the negatives down the rows. No lane ever
/// meets another, so that there is nothing to reduce at the end.
/// </summary>
internal static unsafe class ColumnMinima<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // A search for an index looks through so many rows.
    private const int BlockRows = 16;

    // In place of a block's first row: nothing there is an improvement, or several blocks may hold the same distance.
    private const int Nowhere = -1;
    private const int Several = -2;

    /// <summary>All slots of one group of anchors, at most four a pass.</summary>
    public static void Nearest(float* distances, int stride, int count, int* originals, Slots slots)
    {
        for (; slots.Count >= Slots.PerPass; slots = slots.After(Slots.PerPass))
            Pass<FourSlots>(distances, stride, count, originals, slots);
        if (slots.Count == 3)
            Pass<ThreeSlots>(distances, stride, count, originals, slots);
        else if (slots.Count == 2)
            Pass<TwoSlots>(distances, stride, count, originals, slots);
        else if (slots.Count == 1)
            Pass<OneSlot>(distances, stride, count, originals, slots);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass<TCount>(float* distances, int stride, int count, int* originals, Slots slots)
        where TCount : struct, ISlotCount
    {
        int step = TWidth.Lanes;
        uint* best = stackalloc uint[Slots.PerPass * TWidth.Lanes];
        int* blocks = stackalloc int[Slots.PerPass * TWidth.Lanes];
        for (int i = 0; i < TCount.Count * TWidth.Lanes; i++)
            (best[i], blocks[i]) = (slots.Excess[i], Nowhere);

        TVector one = TWidth.BroadcastBits(1), flip = TWidth.BroadcastBits(slots.Flip);
        TVector threshold0 = TWidth.Load((float*)slots.Thresholds), threshold1 = threshold0;
        TVector threshold2 = threshold0, threshold3 = threshold0;
        if (TCount.Count > 1)
            threshold1 = TWidth.Load((float*)(slots.Thresholds + step));
        if (TCount.Count > 2)
            threshold2 = TWidth.Load((float*)(slots.Thresholds + (2 * step)));
        if (TCount.Count > 3)
            threshold3 = TWidth.Load((float*)(slots.Thresholds + (3 * step)));

        bool changed = false;
        float* place = distances;
        for (int start = 0; start < count; start += BlockRows)
        {
            // One above the best: an equal distance is an improvement too when its index is lower.
            TVector bound0 = TWidth.AddBits(TWidth.Load((float*)best), one), bound1 = bound0, bound2 = bound0, bound3 = bound0;
            if (TCount.Count > 1)
                bound1 = TWidth.AddBits(TWidth.Load((float*)(best + step)), one);
            if (TCount.Count > 2)
                bound2 = TWidth.AddBits(TWidth.Load((float*)(best + (2 * step))), one);
            if (TCount.Count > 3)
                bound3 = TWidth.AddBits(TWidth.Load((float*)(best + (3 * step))), one);
            TVector least0 = bound0, least1 = bound1, least2 = bound2, least3 = bound3;
            int end = Math.Min(start + BlockRows, count);
            for (int row = start; row < end; row++, place += stride)
            {
                TVector distance = TWidth.Load(place);
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
            changed = true;
            Note(start, least0, bound0, best, blocks);
            if (TCount.Count > 1)
                Note(start, least1, bound1, best + step, blocks + step);
            if (TCount.Count > 2)
                Note(start, least2, bound2, best + (2 * step), blocks + (2 * step));
            if (TCount.Count > 3)
                Note(start, least3, bound3, best + (3 * step), blocks + (3 * step));
        }

        if (changed)
            Record(distances, stride, count, originals, slots, best, blocks, TCount.Count * TWidth.Lanes);
    }

    /// <summary>Takes over the improvements of a block, and remembers where they were.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Note(int start, TVector least, TVector bound, uint* best, int* blocks)
    {
        TVector former = TWidth.Load((float*)best);
        TVector where = TWidth.Select(
            TWidth.Equal(least, former), TWidth.BroadcastBits(unchecked((uint)Several)), TWidth.BroadcastBits((uint)start));
        TWidth.Store((float*)blocks, TWidth.Select(TWidth.Equal(least, bound), TWidth.Load((float*)blocks), where));
        TWidth.Store((float*)best, TWidth.MinBits(least, former));
    }

    /// <summary>Records what improved, each with the lowest index that has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Record(
        float* distances, int stride, int count, int* originals, Slots slots, uint* best, int* blocks, int places)
    {
        for (int place = 0; place < places; place++)
        {
            int block = blocks[place];
            if (block == Nowhere)
                continue;
            int start = block == Several ? 0 : block;
            int end = block == Several ? count : Math.Min(block + BlockRows, count);
            int index = best[place] == slots.Excess[place] ? slots.Chosen[place] : int.MaxValue;
            uint wanted = slots.Distance(place, best[place]);
            uint* bits = (uint*)distances + ((nint)start * stride) + (place % TWidth.Lanes);
            for (int row = start; row < end; row++, bits += stride)
            {
                if (*bits == wanted)
                    index = Math.Min(index, originals[row]);
            }

            slots.Excess[place] = best[place];
            slots.Chosen[place] = index;
        }
    }
}
