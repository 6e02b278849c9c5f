using System.Numerics;
using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>
/// Ranks up to some thousand values of a row without sorting the others: the range of those values is cut into equal buckets, most of which hold none of
/// them. A value of the row that falls into such a bucket is placed by it, and only the rest is compared.
/// </summary>
internal sealed unsafe class RowBuckets
{
    private const int MostBuckets = 8192;

    // Buckets for each value to be ranked, so that few of them share one.
    private const int Spread = 8;

    // Where so many share one, an outlier has stretched the range, and sorting is better.
    private const int Crowd = 16;

    private readonly short[] _buckets;
    private readonly int[] _starts = new int[MostBuckets + 2];
    private readonly float[] _values;
    private readonly int[] _positions;
    private readonly int[] _before;
    private readonly int[] _undecided;

    /// <summary>Ranks in rows of a length.</summary>
    public RowBuckets(int length)
    {
        _buckets = new short[length];
        _values = new float[length];
        _positions = new int[length];
        _before = new int[length + 1];
        _undecided = new int[length + 1];
    }

    /// <summary>The ranks, from 1 and ascending, of some values among all of the row; equal ones are in the order of their positions.</summary>
    /// <param name="row">The values; there may be no NaN.</param>
    /// <param name="positions">Where those to be ranked stand, in ascending order.</param>
    /// <param name="ranks">The results.</param>
    /// <returns>Whether it was done: not where the values are not spread over a finite range.</returns>
    public bool TryRank(ReadOnlySpan<float> row, ReadOnlySpan<int> positions, Span<int> ranks)
    {
        float lowest = float.PositiveInfinity, highest = float.NegativeInfinity;
        foreach (int position in positions)
            (lowest, highest) = (MathF.Min(lowest, row[position]), MathF.Max(highest, row[position]));
        int count = (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)(Spread * positions.Length)), MostBuckets);
        float scale = (count - 3) / (highest - lowest);
        if (!float.IsFinite(scale) || scale <= 0)
            return false;
        FindBuckets(row, lowest, scale, count - 1);
        if (!SortPositions(row, positions, count))
            return false;
        CountBefore(row, positions.Length);
        int rank = 0;
        for (int i = 0; i < ranks.Length; i++)
            ranks[i] = rank += _before[i];
        return true;
    }

    // Bucket 0 is for all that is lower, the last one for all that is higher.
    private void FindBuckets(ReadOnlySpan<float> row, float lowest, float scale, int last)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
        var buckets = MemoryMarshal.Cast<short, Vector<short>>(_buckets.AsSpan());
        int done = Math.Min(vectors.Length / 2, buckets.Length);
        for (int i = 0; i < done; i++)
            buckets[i] = Vector.Narrow(Bucket(vectors[2 * i]), Bucket(vectors[2 * i + 1]));
        for (int i = done * Vector<short>.Count; i < row.Length; i++)
            _buckets[i] = (short)Math.Clamp((row[i] - lowest) * scale + 1, 0, last);

        Vector<int> Bucket(Vector<float> values) => Vector.ConvertToInt32(Vector.Min(
            Vector.Max((values - new Vector<float>(lowest)) * new Vector<float>(scale) + Vector<float>.One, Vector<float>.Zero),
            new Vector<float>(last)));
    }

    // A counting sort, then by insertion within the buckets. Afterwards _starts holds for each bucket how many of the values are in lower ones, and
    // in its lowest bit whether it holds any itself.
    private bool SortPositions(ReadOnlySpan<float> row, ReadOnlySpan<int> positions, int count)
    {
        var starts = _starts.AsSpan(0, count + 1);
        starts.Clear();
        foreach (int position in positions)
            starts[_buckets[position] + 1]++;
        int crowd = 0;
        for (int i = 1; i < starts.Length; i++)
        {
            crowd = Math.Max(crowd, starts[i]);
            starts[i] += starts[i - 1];
        }
        if (crowd > Crowd)
            return false;
        foreach (int position in positions)
            _positions[starts[_buckets[position]]++] = position;
        SortWithinBuckets(row, positions.Length);
        int previous = 0;
        foreach (ref int start in starts)
            (start, previous) = (previous << 1 | (start != previous ? 1 : 0), start);
        return true;
    }

    // By insertion: everything is within its bucket already.
    private void SortWithinBuckets(ReadOnlySpan<float> row, int length)
    {
        for (int i = 0; i < length; i++)
        {
            int position = _positions[i];
            float value = row[position];
            int place = i;
            for (; place > 0 && _values[place - 1] > value; place--)
                (_values[place], _positions[place]) = (_values[place - 1], _positions[place - 1]);
            (_values[place], _positions[place]) = (value, position);
        }
    }

    // How many values of the row come after one of the sorted values and not after the next; each of these counts itself.
    private void CountBefore(ReadOnlySpan<float> row, int length)
    {
        Array.Clear(_before, 0, length + 1);
        int undecided = 0;
        fixed (short* buckets = _buckets)
        fixed (int* starts = _starts, before = _before, later = _undecided)
        {
            // Without a branch, which would be guessed wrong every few values.
            for (int i = 0; i < row.Length; i++)
            {
                int start = starts[buckets[i]];
                int isShared = start & 1;
                later[undecided] = i;
                undecided += isShared;
                before[start >> 1] += 1 - isShared;
            }
        }
        foreach (int i in _undecided.AsSpan(0, undecided))
        {
            int place = _starts[_buckets[i]] >> 1;
            while (place < length && (_values[place] < row[i] || (_values[place] == row[i] && _positions[place] < i)))
                place++;
            _before[place]++;
        }
    }
}
