using System.Numerics;
using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>Mines an anchor's whole row of distances: first the least above each threshold, block by block, then where it is in the blocks that have it.</summary>
internal static unsafe class BlockMinima<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // The minima of all blocks of a row have to fit the stack.
    private const int MostBlocks = 64;
    private const int LeastBlockVectors = 8;

    /// <summary>All slots of one anchor.</summary>
    public static void Nearest(float* distances, int count, int* originals, Slots slots)
    {
        int step = TWidth.Lanes;
        int block = Math.Max(LeastBlockVectors, ((count / step) + MostBlocks - 1) / MostBlocks) * step;
        uint* thresholds = stackalloc uint[Slots.PerPass];
        uint* least = stackalloc uint[Slots.PerPass];
        float* blockLeast = stackalloc float[MostBlocks * Slots.PerPass * TWidth.Lanes];
        for (; slots.Count > 0; slots = slots.After(Slots.PerPass))
        {
            int some = Math.Min(Slots.PerPass, slots.Count);
            for (int i = 0; i < Slots.PerPass; i++)
                thresholds[i] = i < some ? slots.Thresholds[i * step] : ThresholdTable.Never;
            Least(distances, count, block, thresholds, slots.Flip, blockLeast, least);
            for (int i = 0; i < some; i++)
            {
                int place = i * step;
                slots.Excess[place] = least[i];
                slots.Chosen[place] = least[i] == Candidates.None && (i > 0 || slots.Flip == 0)
                    ? int.MaxValue
                    : LowestIndex(distances, count, block, originals, blockLeast + place, least[i], slots.Distance(place, least[i]));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Least(float* distances, int count, int block, uint* thresholds, uint flip, float* blockLeast, uint* least)
    {
        TVector threshold0 = TWidth.BroadcastBits(thresholds[0]), threshold1 = TWidth.BroadcastBits(thresholds[1]);
        TVector threshold2 = TWidth.BroadcastBits(thresholds[2]), threshold3 = TWidth.BroadcastBits(thresholds[3]);
        TVector flipped = TWidth.BroadcastBits(flip), none = TWidth.BroadcastBits(Candidates.None);
        TVector all0 = none, all1 = none, all2 = none, all3 = none;
        for (int start = 0; start < count; start += block)
        {
            int end = Math.Min(start + block, count);
            TVector least0 = none, least1 = none, least2 = none, least3 = none;
            for (int column = start; column < end; column += TWidth.Lanes)
            {
                TVector distance = TWidth.Load(distances + column);
                least0 = TWidth.MinBits(least0, TWidth.SubtractBits(TWidth.XorBits(distance, flipped), threshold0));
                least1 = TWidth.MinBits(least1, TWidth.SubtractBits(distance, threshold1));
                least2 = TWidth.MinBits(least2, TWidth.SubtractBits(distance, threshold2));
                least3 = TWidth.MinBits(least3, TWidth.SubtractBits(distance, threshold3));
            }

            TWidth.Store(blockLeast, least0);
            TWidth.Store(blockLeast + TWidth.Lanes, least1);
            TWidth.Store(blockLeast + (2 * TWidth.Lanes), least2);
            TWidth.Store(blockLeast + (3 * TWidth.Lanes), least3);
            blockLeast += Slots.PerPass * TWidth.Lanes;
            all0 = TWidth.MinBits(all0, least0);
            all1 = TWidth.MinBits(all1, least1);
            all2 = TWidth.MinBits(all2, least2);
            all3 = TWidth.MinBits(all3, least3);
        }

        least[0] = TWidth.LeastBits(all0);
        least[1] = TWidth.LeastBits(all1);
        least[2] = TWidth.LeastBits(all2);
        least[3] = TWidth.LeastBits(all3);
    }

    /// <summary>Of all negatives as near as the nearest, the lowest original index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int LowestIndex(
        float* distances, int count, int block, int* originals, float* blockLeast, uint least, uint bits)
    {
        TVector nearest = TWidth.BroadcastBits(least), wanted = TWidth.BroadcastBits(bits);
        int index = int.MaxValue;
        for (int start = 0; start < count; start += block, blockLeast += Slots.PerPass * TWidth.Lanes)
        {
            if (TWidth.EqualBits(TWidth.Load(blockLeast), nearest) == 0)
                continue;
            for (int column = start; column < Math.Min(start + block, count); column += TWidth.Lanes)
            {
                for (uint equal = TWidth.EqualBits(TWidth.Load(distances + column), wanted); equal != 0; equal &= equal - 1)
                    index = Math.Min(index, originals[column + BitOperations.TrailingZeroCount(equal)]);
            }
        }

        return index;
    }
}
