using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>A stable radix sort of indices by their labels that skips the bytes all labels share.</summary>
internal static unsafe class LabelSort
{
    private const int Radix = 256;

    /// <summary>The order the sort gives: unsigned, which only has to be the same everywhere.</summary>
    public static bool Precedes(long label, long other) => (ulong)label < (ulong)other;

    public static int* Order(long* labels, int count, NativeArena arena)
    {
        int* order = arena.Allocate<int>(count);
        int* spare = arena.Allocate<int>(count);
        ulong varying = 0;
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
            varying |= (ulong)(labels[i] ^ labels[0]);
        }

        int* counts = stackalloc int[Radix];
        for (int shift = 0; shift < 64; shift += 8)
        {
            if (((varying >> shift) & 0xFF) == 0)
                continue;
            Pass(labels, count, shift, order, spare, counts);
            int* sorted = spare;
            spare = order;
            order = sorted;
        }

        return order;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass(long* labels, int count, int shift, int* order, int* sorted, int* counts)
    {
        new Span<int>(counts, Radix).Clear();
        for (int i = 0; i < count; i++)
            counts[(byte)(labels[i] >> shift)]++;
        int sum = 0;
        for (int digit = 0; digit < Radix; digit++)
        {
            int size = counts[digit];
            counts[digit] = sum;
            sum += size;
        }

        for (int i = 0; i < count; i++)
            sorted[counts[(byte)(labels[order[i]] >> shift)]++] = order[i];
    }
}
