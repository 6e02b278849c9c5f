using System.Numerics;
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
    private const int BlockRows = 32;

    private static uint AllLanes => (1u << TWidth.Lanes) - 1;

    /// <summary>All slots of one group of anchors, at most four a pass.</summary>
    public static void Nearest(
        float* distances, int stride, int count, int* originals, uint* thresholds, uint* excess, int* chosen, int slots)
    {
        int step = TWidth.Lanes;
        int slot = 0;
        for (; slots - slot >= 4; slot += 4)
            Pass<FourSlots>(distances, stride, count, originals, thresholds + (slot * step), excess + (slot * step), chosen + (slot * step));
        thresholds += slot * step;
        excess += slot * step;
        chosen += slot * step;
        if (slots - slot == 3)
            Pass<ThreeSlots>(distances, stride, count, originals, thresholds, excess, chosen);
        else if (slots - slot == 2)
            Pass<TwoSlots>(distances, stride, count, originals, thresholds, excess, chosen);
        else if (slots - slot == 1)
            Pass<OneSlot>(distances, stride, count, originals, thresholds, excess, chosen);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass<TCount>(
        float* distances, int stride, int count, int* originals, uint* thresholds, uint* excess, int* chosen)
        where TCount : struct, ISlotCount
    {
        int step = TWidth.Lanes;
        TVector one = TWidth.BroadcastBits(1);
        TVector threshold0 = TWidth.Load((float*)thresholds), threshold1 = threshold0;
        TVector threshold2 = threshold0, threshold3 = threshold0;
        if (TCount.Count > 1)
            threshold1 = TWidth.Load((float*)(thresholds + step));
        if (TCount.Count > 2)
            threshold2 = TWidth.Load((float*)(thresholds + (2 * step)));
        if (TCount.Count > 3)
            threshold3 = TWidth.Load((float*)(thresholds + (3 * step)));

        for (int start = 0; start < count; start += BlockRows)
        {
            int end = Math.Min(start + BlockRows, count);
            TVector bound0 = TWidth.AddBits(TWidth.Load((float*)excess), one), bound1 = bound0, bound2 = bound0, bound3 = bound0;
            if (TCount.Count > 1)
                bound1 = TWidth.AddBits(TWidth.Load((float*)(excess + step)), one);
            if (TCount.Count > 2)
                bound2 = TWidth.AddBits(TWidth.Load((float*)(excess + (2 * step))), one);
            if (TCount.Count > 3)
                bound3 = TWidth.AddBits(TWidth.Load((float*)(excess + (3 * step))), one);
            TVector least0 = bound0, least1 = bound1, least2 = bound2, least3 = bound3;
            float* place = distances + ((nint)start * stride);
            for (int row = start; row < end; row++, place += stride)
            {
                TVector distance = TWidth.Load(place);
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
            Improve(distances, stride, start, end, originals, least0, bound0, thresholds, excess, chosen);
            if (TCount.Count > 1)
                Improve(distances, stride, start, end, originals, least1, bound1, thresholds + step, excess + step, chosen + step);
            if (TCount.Count > 2)
                Improve(distances, stride, start, end, originals, least2, bound2, thresholds + (2 * step), excess + (2 * step), chosen + (2 * step));
            if (TCount.Count > 3)
                Improve(distances, stride, start, end, originals, least3, bound3, thresholds + (3 * step), excess + (3 * step), chosen + (3 * step));
        }
    }

    /// <summary>Records the lanes that improved, each with its lowest index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Improve(
        float* distances, int stride, int start, int end, int* originals,
        TVector least, TVector bound, uint* thresholds, uint* excess, int* chosen)
    {
        uint changed = AllLanes & ~TWidth.EqualBits(least, bound);
        if (changed == 0)
            return;
        TVector wanted = TWidth.AddBits(least, TWidth.Load((float*)thresholds));
        Keep(least, changed, excess, chosen);
        FindLowest(distances, stride, start, end, originals, wanted, changed, chosen);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Farthest(float* distances, int stride, int count, int* originals, int* farthest, int* chosen)
    {
        TVector minusOne = TWidth.BroadcastBits(uint.MaxValue);
        for (int start = 0; start < count; start += BlockRows)
        {
            int end = Math.Min(start + BlockRows, count);
            TVector bound = TWidth.AddBits(TWidth.Load((float*)farthest), minusOne);
            TVector most = bound;
            float* place = distances + ((nint)start * stride);
            for (int row = start; row < end; row++, place += stride)
                most = TWidth.MaxSignedBits(most, TWidth.Load(place));
            uint changed = AllLanes & ~TWidth.EqualBits(most, bound);
            if (changed == 0)
                continue;
            Keep(most, changed, (uint*)farthest, chosen);
            FindLowest(distances, stride, start, end, originals, most, changed, chosen);
        }
    }

    /// <summary>Takes over the changed lanes; an index stays only where the distance is the same as before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(TVector best, uint changed, uint* kept, int* chosen)
    {
        uint* lanes = stackalloc uint[TWidth.Lanes];
        TWidth.Store((float*)lanes, best);
        for (; changed != 0; changed &= changed - 1)
        {
            int lane = BitOperations.TrailingZeroCount(changed);
            if (lanes[lane] != kept[lane])
                chosen[lane] = int.MaxValue;
            kept[lane] = lanes[lane];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FindLowest(
        float* distances, int stride, int start, int end, int* originals, TVector wanted, uint changed, int* chosen)
    {
        float* place = distances + ((nint)start * stride);
        for (int row = start; row < end; row++, place += stride)
        {
            for (uint equal = changed & TWidth.EqualBits(TWidth.Load(place), wanted); equal != 0; equal &= equal - 1)
            {
                int lane = BitOperations.TrailingZeroCount(equal);
                chosen[lane] = Math.Min(chosen[lane], originals[row]);
            }
        }
    }
}
