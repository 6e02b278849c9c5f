namespace TripletLoss;

/// <summary>Sorts the references of a row by distance, equal ones by position: a radix sort, which takes about the same time whatever the data.</summary>
internal sealed unsafe class RowSorter
{
    private const int DigitBits = 11;
    private const int Counters = 1 << DigitBits;
    private const int FirstShift = 32;
    private const int SecondShift = FirstShift + DigitBits;
    private const int ThirdShift = SecondShift + DigitBits;

    private readonly BoundedRow<double> _row;
    private readonly int[] _counts = new int[3 * Counters];
    private readonly double[] _distances;
    private readonly int[] _positions;

    // The first 32 bits of each lower bound's sortable form above its position: a digit is then read from the entry itself.
    private ulong[] _entries;
    private ulong[] _spare;

    public RowSorter(BoundedRow<double> row)
    {
        int length = row.Lower.Length;
        _row = row;
        _distances = new double[length];
        _positions = new int[length];
        _entries = new ulong[length];
        _spare = new ulong[length];
    }

    /// <summary>The positions of all references that are not left out, the nearest first; valid until the next call.</summary>
    public ReadOnlySpan<int> Order()
    {
        Array.Clear(_counts);
        int length = Enter();
        Distribute(0, length, FirstShift);
        Distribute(1, length, SecondShift);
        Distribute(2, length, ThirdShift);
        for (int i = 0; i < length; i++)
            _positions[i] = (int)(uint)_entries[i];
        SortOpenRuns(length);
        return _positions.AsSpan(0, length);
    }

    private int Enter()
    {
        int length = 0;
        var lower = _row.Lower;
        fixed (ulong* entries = _entries)
        fixed (int* counts = _counts)
        {
            for (int i = 0; i < lower.Length; i++)
            {
                if (double.IsNaN(lower[i]))
                    continue;
                ulong entry = (ulong)Key(lower[i]) << FirstShift | (uint)i;
                entries[length++] = entry;
                counts[Digit(entry, FirstShift)]++;
                counts[Counters + Digit(entry, SecondShift)]++;
                counts[2 * Counters + Digit(entry, ThirdShift)]++;
            }
        }
        return length;
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

    // Where keys do not tell neighbours apart, or their bounds overlap, exact distances do. Both are rare, as a rule.
    private void SortOpenRuns(int length)
    {
        double widest = _row.Widest;
        int end;
        for (int start = 0; start < length; start = end)
        {
            for (end = start + 1; end < length && FromKey(Key(end)) - FromKey(Key(end - 1) + 1UL) <= widest;)
                end++;
            if (end - start > 1)
                SortByExactDistance(start, end - start);
        }
    }

    private void SortByExactDistance(int start, int length)
    {
        var positions = _positions.AsSpan(start, length);
        var distances = _distances.AsSpan(start, length);
        for (int i = 0; i < length; i++)
            distances[i] = _row.Exact(positions[i]);
        NearestFirst.Sort(distances, positions);
    }

    private ulong Key(int place) => _entries[place] >> FirstShift;

    // The bits of a number order as an integer once negative ones are turned over. Adding 0 makes −0 the 0 it equals.
    private static uint Key(double value)
    {
        uint bits = (uint)(BitConverter.DoubleToUInt64Bits(value + 0.0) >> 32);
        return (bits >> 31) != 0 ? ~bits : bits | 1U << 31;
    }

    // The least number of a key.
    private static double FromKey(ulong key)
    {
        uint bits = (uint)Math.Min(key, uint.MaxValue);
        return BitConverter.UInt64BitsToDouble((bits >> 31) != 0 ? (ulong)(bits & ~(1U << 31)) << 32 : ~((ulong)bits << 32));
    }
}
