using System.Numerics;
using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// One anchor's distances in ascending order, each with its column and a mark that tells the two kinds apart; of equal
/// ones the marked come last, and within a kind the order is that of the columns. Positives and negatives together: radix passes do not branch, and
/// merging two sorted lists would, unpredictably, at every step. Two passes
/// over the highest bits of (bits − lowest bits) leave the row all but sorted and an insertion sort ends it; where the
/// values are so clustered that this would take long, four passes sort by all bits, whatever the distribution.
/// </summary>
internal sealed unsafe class SortedRow(int capacity, NativeArena arena)
{
    private const uint Mark = 1u << 31;
    private const int LongestDigit = 11;
    private const int ShortDigit = 8;
    private const int ShortRow = 2048;
    private const int MovesPerValue = 4;

    // By the lower and by the upper digit of two: how many have it, then where the next of them goes.
    private readonly int* _lower = arena.Allocate<int>(1 << LongestDigit);
    private readonly int* _upper = arena.Allocate<int>(1 << LongestDigit);
    private readonly ulong* _spare = arena.Allocate<ulong>(capacity + 1L);
    private BitRange _range;

    /// <summary>The bits of the distance in the upper half; the mark and the column in the lower.</summary>
    public ulong* Entries { get; } = arena.Allocate<ulong>(capacity + 1L);

    public int Count { get; private set; }

    public static uint Bits(ulong entry) => (uint)(entry >> 32);

    public static float Value(ulong entry) => BitConverter.UInt32BitsToSingle((uint)(entry >> 32));

    public static int Column(ulong entry) => (int)((uint)entry & (Mark - 1));

    /// <summary>1 for a marked entry, 0 for another.</summary>
    public static int IsMarked(ulong entry) => (int)((uint)entry >> 31);

    /// <summary>Empties it, for distances in a range.</summary>
    public void Clear(BitRange range) => (Count, _range) = (0, range);

    /// <summary>Takes those of distances[from..to) that are in the range; the unmarked are appended first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(float* distances, int from, int to, bool marked)
    {
        if (_range.IsEmpty)
            return;
        uint lowest = _range.Least, width = _range.Greatest - lowest;
        uint mark = marked ? Mark : 0;
        ulong* entry = Entries + Count;
        for (int column = from; column < to; column++)
        {
            uint bits = ((uint*)distances)[column];
            *entry = ((ulong)bits << 32) | (uint)column | mark;
            entry += bits - lowest <= width ? 1 : 0;
        }

        Count = (int)(entry - Entries);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sort()
    {
        if (Count < 2 || _range.Least == _range.Greatest)
            return;
        int bits = BitOperations.Log2(_range.Greatest - _range.Least) + 1;
        int longest = Count < ShortRow ? ShortDigit : LongestDigit;
        int digit = Math.Min((bits + 1) / 2, longest);
        int bottom = Math.Max(0, bits - (2 * digit));
        SortByTwo(bottom, digit);
        if (bottom == 0 || TryInsert())
            return;
        for (int shift = 0; shift < bits; shift += 2 * ShortDigit)
            SortByTwo(shift, ShortDigit);
    }

    // By the digit at a place and by the one above it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SortByTwo(int shift, int digit)
    {
        CountDigits(shift, digit);
        Scatter(Entries, _spare, shift, digit, _lower);
        Scatter(_spare, Entries, shift + digit, digit, _upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountDigits(int shift, int digit)
    {
        uint mask = (1u << digit) - 1, lowest = _range.Least;
        ulong* entries = Entries;
        int* lower = _lower, upper = _upper;
        int count = Count;
        new Span<int>(lower, 1 << digit).Clear();
        new Span<int>(upper, 1 << digit).Clear();
        for (int i = 0; i < count; i++)
        {
            uint key = (Bits(entries[i]) - lowest) >> shift;
            lower[key & mask]++;
            upper[(key >> digit) & mask]++;
        }

        int lowerSum = 0, upperSum = 0;
        for (int value = 0; value < 1 << digit; value++)
        {
            (lower[value], lowerSum) = (lowerSum, lowerSum + lower[value]);
            (upper[value], upperSum) = (upperSum, upperSum + upper[value]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scatter(ulong* source, ulong* sorted, int shift, int digit, int* places)
    {
        uint mask = (1u << digit) - 1, lowest = _range.Least;
        int count = Count;
        for (int i = 0; i < count; i++)
            sorted[places[((Bits(source[i]) - lowest) >> shift) & mask]++] = source[i];
    }

    /// <summary>
    /// Ends the sort unless that takes many moves. By the whole entry, so that an abandoned attempt leaves equal values in
    /// the order of their columns, as a stable pass needs them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryInsert()
    {
        ulong* entries = Entries;
        long moves = (long)Count * MovesPerValue;
        for (int i = 1; i < Count; i++)
        {
            ulong entry = entries[i];
            int place = i;
            for (; place > 0 && entries[place - 1] > entry; place--)
                entries[place] = entries[place - 1];
            entries[place] = entry;
            moves -= i - place;
            if (moves < 0)
                return false;
        }

        return true;
    }
}
