using System.Numerics;
using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// One anchor's distances in ascending order, each with its column and a mark that tells the two kinds apart; of equal
/// ones the marked come last, and within a kind the order is that of the columns. Positives and negatives together: radix passes do not branch, and
/// merging two sorted lists would, unpredictably, at every step. Two passes
/// over the highest bits of (bits − lowest bits) leave the row all but sorted and an insertion sort ends it; where the
/// values are so clustered that this would take long, further passes sort by all bits, whatever the distribution.
/// </summary>
internal sealed unsafe class SortedRow(int capacity, NativeArena arena)
{
    private const uint Mark = 1u << 31;
    private const int LongestDigit = 11;
    private const int ShortDigit = 8;
    private const int ShortRow = 2048;
    private const int MovesPerValue = 4;

    private readonly int* _places = arena.Allocate<int>(1 << LongestDigit);
    private ulong* _spare = arena.Allocate<ulong>(capacity + 1L);
    private BitRange _range;

    /// <summary>The bits of the distance in the upper half; the mark and the column in the lower.</summary>
    public ulong* Entries { get; private set; } = arena.Allocate<ulong>(capacity + 1L);

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
        Pass(bottom, digit);
        Pass(bottom + digit, digit);
        if (bottom == 0 || TryInsert())
            return;
        for (int shift = 0; shift < bits; shift += longest)
            Pass(shift, longest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pass(int shift, int digit)
    {
        uint mask = (1u << digit) - 1;
        uint lowest = _range.Least;
        ulong* source = Entries;
        ulong* sorted = _spare;
        int* places = _places;
        int count = Count;
        new Span<int>(places, 1 << digit).Clear();
        for (int i = 0; i < count; i++)
            places[((Bits(source[i]) - lowest) >> shift) & mask]++;
        int sum = 0;
        for (int value = 0; value < 1 << digit; value++)
        {
            int size = places[value];
            places[value] = sum;
            sum += size;
        }

        for (int i = 0; i < count; i++)
            sorted[places[((Bits(source[i]) - lowest) >> shift) & mask]++] = source[i];
        _spare = source;
        Entries = sorted;
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
