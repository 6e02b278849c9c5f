using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Counts for batch-all on a tile: for every distance how many of its anchor's reaches are beyond it, for every reach
/// how many distances are within it. One comparison serves both; a mask is −1, so that counting is a subtraction.
/// </summary>
internal static unsafe class RankCounter<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    /// <summary>A row: ranks[j] becomes a count, counts grow; at most four reaches a pass, to stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(float* distances, int count, float* reaches, int* counts, int slots, float* ranks)
    {
        int step = TWidth.Lanes;
        for (int slot = 0; slot < slots; slot += 4, reaches += 4 * step, counts += 4 * step)
        {
            bool more = slot > 0;
            switch (slots - slot)
            {
                case 1:
                    RowPass<One>(distances, count, reaches, counts, ranks, more);
                    break;
                case 2:
                    RowPass<Two>(distances, count, reaches, counts, ranks, more);
                    break;
                case 3:
                    RowPass<Three>(distances, count, reaches, counts, ranks, more);
                    break;
                default:
                    RowPass<Four>(distances, count, reaches, counts, ranks, more);
                    break;
            }
        }
    }

    /// <summary>A vector's worth of columns: ranks has as many vectors as there are rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns(
        float* distances, int stride, int count, float* reaches, int* counts, int slots, float* ranks)
    {
        int step = TWidth.Lanes;
        for (int slot = 0; slot < slots; slot += 4, reaches += 4 * step, counts += 4 * step)
        {
            bool more = slot > 0;
            switch (slots - slot)
            {
                case 1:
                    ColumnPass<One>(distances, stride, count, reaches, counts, ranks, more);
                    break;
                case 2:
                    ColumnPass<Two>(distances, stride, count, reaches, counts, ranks, more);
                    break;
                case 3:
                    ColumnPass<Three>(distances, stride, count, reaches, counts, ranks, more);
                    break;
                default:
                    ColumnPass<Four>(distances, stride, count, reaches, counts, ranks, more);
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowPass<TCount>(float* distances, int count, float* reaches, int* counts, float* ranks, bool more)
        where TCount : struct, IConstant
    {
        int step = TWidth.Lanes;
        TVector reach0 = TWidth.Broadcast(reaches[0]), reach1 = reach0, reach2 = reach0, reach3 = reach0;
        if (TCount.Value > 1)
            reach1 = TWidth.Broadcast(reaches[step]);
        if (TCount.Value > 2)
            reach2 = TWidth.Broadcast(reaches[2 * step]);
        if (TCount.Value > 3)
            reach3 = TWidth.Broadcast(reaches[3 * step]);
        TVector within0, within1, within2, within3;
        within0 = within1 = within2 = within3 = TWidth.BroadcastBits(0);
        for (int column = 0; column < count; column += TWidth.Lanes)
        {
            TVector distance = TWidth.Load(distances + column);
            TVector rank = more ? TWidth.Load(ranks + column) : TWidth.BroadcastBits(0);
            Compare<TCount>(
                distance, reach0, reach1, reach2, reach3, ref within0, ref within1, ref within2, ref within3, ref rank);
            TWidth.Store(ranks + column, rank);
        }

        counts[0] += TWidth.SumBits(within0);
        if (TCount.Value > 1)
            counts[step] += TWidth.SumBits(within1);
        if (TCount.Value > 2)
            counts[2 * step] += TWidth.SumBits(within2);
        if (TCount.Value > 3)
            counts[3 * step] += TWidth.SumBits(within3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ColumnPass<TCount>(
        float* distances, int stride, int count, float* reaches, int* counts, float* ranks, bool more)
        where TCount : struct, IConstant
    {
        int step = TWidth.Lanes;
        TVector reach0 = TWidth.Load(reaches), reach1 = reach0, reach2 = reach0, reach3 = reach0;
        if (TCount.Value > 1)
            reach1 = TWidth.Load(reaches + step);
        if (TCount.Value > 2)
            reach2 = TWidth.Load(reaches + (2 * step));
        if (TCount.Value > 3)
            reach3 = TWidth.Load(reaches + (3 * step));
        TVector within0, within1, within2, within3;
        within0 = within1 = within2 = within3 = TWidth.BroadcastBits(0);
        for (int row = 0; row < count; row++, distances += stride, ranks += TWidth.Lanes)
        {
            TVector distance = TWidth.Load(distances);
            TVector rank = more ? TWidth.Load(ranks) : TWidth.BroadcastBits(0);
            Compare<TCount>(
                distance, reach0, reach1, reach2, reach3, ref within0, ref within1, ref within2, ref within3, ref rank);
            TWidth.Store(ranks, rank);
        }

        AddTo(counts, within0);
        if (TCount.Value > 1)
            AddTo(counts + step, within1);
        if (TCount.Value > 2)
            AddTo(counts + (2 * step), within2);
        if (TCount.Value > 3)
            AddTo(counts + (3 * step), within3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compare<TCount>(
        TVector distance, TVector reach0, TVector reach1, TVector reach2, TVector reach3,
        ref TVector within0, ref TVector within1, ref TVector within2, ref TVector within3, ref TVector rank)
        where TCount : struct, IConstant
    {
        Count(TWidth.Less(distance, reach0), ref within0, ref rank);
        if (TCount.Value > 1)
            Count(TWidth.Less(distance, reach1), ref within1, ref rank);
        if (TCount.Value > 2)
            Count(TWidth.Less(distance, reach2), ref within2, ref rank);
        if (TCount.Value > 3)
            Count(TWidth.Less(distance, reach3), ref within3, ref rank);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Count(TVector mask, ref TVector within, ref TVector rank)
    {
        within = TWidth.SubtractBits(within, mask);
        rank = TWidth.SubtractBits(rank, mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(int* counts, TVector within) =>
        TWidth.Store((float*)counts, TWidth.AddBits(TWidth.Load((float*)counts), within));
}
