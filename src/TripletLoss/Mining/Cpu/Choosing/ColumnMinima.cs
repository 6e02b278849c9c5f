using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Mines the columns of a tile: a vector's worth of anchors side by side, the negatives down the rows, in their original order. No lane ever
/// meets another, so that there is nothing to reduce at the end.
/// </summary>
internal static unsafe class ColumnMinima<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    /// <summary>All slots of one group of anchors, at most four a pass.</summary>
    public static void Nearest(float* distances, int stride, OrderedBlock negatives, Slots slots)
    {
        for (; slots.Count >= Slots.PerPass; slots = slots.After(Slots.PerPass))
            Pass<Four>(distances, stride, negatives, slots);
        if (slots.Count == 3)
            Pass<Three>(distances, stride, negatives, slots);
        else if (slots.Count == 2)
            Pass<Two>(distances, stride, negatives, slots);
        else if (slots.Count == 1)
            Pass<One>(distances, stride, negatives, slots);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass<TCount>(float* distances, int stride, OrderedBlock negatives, Slots slots)
        where TCount : struct, IConstant
    {
        int step = TWidth.Lanes, count = negatives.Count;
        int* places = negatives.Places, originals = negatives.Originals;
        TVector flip = TWidth.BroadcastBits(slots.Flip);
        TVector least0 = TWidth.BroadcastBits(Candidates.None), least1 = least0, least2 = least0, least3 = least0;
        TVector chosen0 = TWidth.BroadcastBits(int.MaxValue), chosen1 = chosen0, chosen2 = chosen0, chosen3 = chosen0;
        TVector threshold0 = TWidth.Load((float*)slots.Thresholds), threshold1 = threshold0, threshold2 = threshold0, threshold3 = threshold0;
        if (TCount.Value > 1)
            threshold1 = TWidth.Load((float*)(slots.Thresholds + step));
        if (TCount.Value > 2)
            threshold2 = TWidth.Load((float*)(slots.Thresholds + (2 * step)));
        if (TCount.Value > 3)
            threshold3 = TWidth.Load((float*)(slots.Thresholds + (3 * step)));

        for (int i = 0; i < count; i++)
        {
            TVector distance = TWidth.Load(distances + ((nint)places[i] * stride));
            TVector index = TWidth.BroadcastBits((uint)originals[i]);
            Improve(TWidth.SubtractBits(TWidth.XorBits(distance, flip), threshold0), index, ref least0, ref chosen0);
            if (TCount.Value > 1)
                Improve(TWidth.SubtractBits(distance, threshold1), index, ref least1, ref chosen1);
            if (TCount.Value > 2)
                Improve(TWidth.SubtractBits(distance, threshold2), index, ref least2, ref chosen2);
            if (TCount.Value > 3)
                Improve(TWidth.SubtractBits(distance, threshold3), index, ref least3, ref chosen3);
        }

        Store(slots, 0, least0, chosen0);
        if (TCount.Value > 1)
            Store(slots, step, least1, chosen1);
        if (TCount.Value > 2)
            Store(slots, 2 * step, least2, chosen2);
        if (TCount.Value > 3)
            Store(slots, 3 * step, least3, chosen3);
    }

    // Where it is less, strictly: of equals the first one stays.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Improve(TVector excess, TVector index, ref TVector least, ref TVector chosen)
    {
        TVector former = least;
        least = TWidth.MinBits(former, excess);
        chosen = TWidth.Select(TWidth.Equal(least, former), chosen, index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Slots slots, int place, TVector least, TVector chosen)
    {
        TWidth.Store((float*)(slots.Excess + place), least);
        TWidth.Store((float*)(slots.Chosen + place), chosen);
    }
}
