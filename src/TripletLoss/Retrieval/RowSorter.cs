using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>Sorts rows of distances, equal ones by position: a radix sort, which takes about the same time whatever the data.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed unsafe class RowSorter<T>
    where T : unmanaged, IComparable<T>
{
    private const int DigitBits = 11;
    private const int Counters = 1 << DigitBits;
    private const int FirstShift = 32;
    private const int SecondShift = FirstShift + DigitBits;
    private const int ThirdShift = SecondShift + DigitBits;

    private readonly int[] _counts = new int[3 * Counters];

    // The first 32 bits of each value's sortable form above its position: a digit is then read from the entry itself.
    private ulong[] _entries;
    private ulong[] _spare;

    /// <summary>Sorts rows of a length.</summary>
    public RowSorter(int length)
    {
        _entries = new ulong[length];
        _spare = new ulong[length];
    }

    /// <summary>Entries that hold the positions of the values in ascending order, valid until the next call. There may be no NaN.</summary>
    /// <param name="row">The values.</param>
    /// <param name="skip">A position to leave out; −1 for none.</param>
    public ReadOnlySpan<ulong> Order(ReadOnlySpan<T> row, int skip = -1)
    {
        Array.Clear(_counts);
        int length = Enter(row, 0, skip < 0 ? row.Length : skip, 0);
        if (skip >= 0)
            length = Enter(row, skip + 1, row.Length, length);
        Distribute(0, length, FirstShift);
        Distribute(1, length, SecondShift);
        Distribute(2, length, ThirdShift);
        if (typeof(T) == typeof(double))
            SortEqualKeys(row, _entries.AsSpan(0, length));
        return _entries.AsSpan(0, length);
    }

    /// <summary>The position in an entry.</summary>
    public static int Position(ulong entry) => (int)(uint)entry;

    private int Enter(ReadOnlySpan<T> row, int first, int end, int next)
    {
        fixed (ulong* entries = _entries)
        fixed (int* counts = _counts)
        {
            for (int i = first; i < end; i++)
            {
                ulong entry = (ulong)Key(row[i]) << FirstShift | (uint)i;
                entries[next++] = entry;
                counts[Digit(entry, FirstShift)]++;
                counts[Counters + Digit(entry, SecondShift)]++;
                counts[2 * Counters + Digit(entry, ThirdShift)]++;
            }
        }
        return next;
    }

    private void Distribute(int digit, int length, int shift)
    {
        int start = 0;
        foreach (ref int count in _counts.AsSpan(digit * Counters, Counters))
            (count, start) = (start, start + count);
        fixed (ulong* entries = _entries, sorted = _spare)
        fixed (int* counts = &_counts[digit * Counters])
        {
            for (int i = 0; i < length; i++)
            {
                ulong entry = entries[i];
                sorted[counts[Digit(entry, shift)]++] = entry;
            }
        }
        (_entries, _spare) = (_spare, _entries);
    }

    private static int Digit(ulong entry, int shift) => (int)(entry >> shift) & (Counters - 1);

    // Doubles that agree in their first 32 bits are few, as a rule.
    private static void SortEqualKeys(ReadOnlySpan<T> row, Span<ulong> entries)
    {
        int end;
        for (int start = 0; start < entries.Length; start = end)
        {
            uint key = (uint)(entries[start] >> FirstShift);
            for (end = start + 1; end < entries.Length && (uint)(entries[end] >> FirstShift) == key;)
                end++;
            if (end - start > 1)
                SortByValue(row, entries[start..end]);
        }
    }

    private static void SortByValue(ReadOnlySpan<T> row, Span<ulong> entries)
    {
        var values = new (T Value, int Position)[entries.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = (row[Position(entries[i])], Position(entries[i]));
        Array.Sort(values);
        for (int i = 0; i < values.Length; i++)
            entries[i] = (uint)values[i].Position;
    }

    // The bits of a float order as an integer once negative ones are turned over. Adding 0 makes −0 the 0 it equals.
    private static uint Key(T value)
    {
        uint bits = typeof(T) == typeof(double)
            ? (uint)(BitConverter.DoubleToUInt64Bits(Unsafe.BitCast<T, double>(value) + 0.0) >> 32)
            : BitConverter.SingleToUInt32Bits(Unsafe.BitCast<T, float>(value) + 0f);
        return (bits >> 31) != 0 ? ~bits : bits | 1U << 31;
    }
}
