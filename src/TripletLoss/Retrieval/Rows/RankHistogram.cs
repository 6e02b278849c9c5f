using System.Numerics;
using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>
/// Ranks up to some thousand references of a row without sorting the others: these are sorted, their range is cut into equal buckets, most of which hold none of them, and whatever falls into
/// such a bucket has its place. Only the rest is compared.
/// </summary>
internal sealed unsafe class RankHistogram
{
    private const int MostBuckets = 8192;

    // Buckets for each reference to be ranked, so that few of them share one.
    private const int Spread = 8;

    private readonly BoundedRow<float> _row;
    private readonly int[] _buckets;

    // For each bucket how many of the sorted references are in lower ones, and in its lowest bit whether it holds any itself; last, one for bounds in two buckets.
    private readonly int[] _starts = new int[MostBuckets + 1];
    private readonly double[] _exact;
    private readonly float[] _limits;
    private readonly int[] _positions;
    private readonly int[] _before;
    private readonly int[] _open;

    public RankHistogram(BoundedRow<float> row)
    {
        int length = row.Lower.Length;
        _row = row;
        _buckets = new int[length];
        _exact = new double[length];
        _limits = new float[length];
        _positions = new int[length];
        _before = new int[length + 1];
        _open = new int[length + 1];
    }

    /// <summary>The ranks, from 1 and ascending, of some references among all of the row; of equally near ones the left is before the right.</summary>
    public void Rank(ReadOnlySpan<int> references, Span<int> ranks)
    {
        Sort(references);
        int count = (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)(Spread * references.Length)), MostBuckets);
        var grid = Grid.Of(_limits[0], _limits[references.Length - 1], count);
        FindBuckets(grid);
        FindStarts(grid, references.Length);
        Array.Clear(_before, 0, references.Length + 1);
        int open = CountClear();
        foreach (int reference in _open.AsSpan(0, open))
        {
            if (!float.IsNaN(_row.Lower[reference]))
                _before[Place(reference, grid)]++;
        }
        int rank = 0;
        // Each of the sorted references counts itself.
        for (int i = 0; i < ranks.Length; i++)
            ranks[i] = rank += _before[i];
    }

    private void Sort(ReadOnlySpan<int> references)
    {
        for (int i = 0; i < references.Length; i++)
            (_positions[i], _exact[i]) = (references[i], _row.Exact(references[i]));
        NearestFirst.Sort(_exact.AsSpan(0, references.Length), _positions.AsSpan(0, references.Length));
        for (int i = 0; i < references.Length; i++)
            _limits[i] = _row.AmongBounds(_exact[i]);
    }

    private void FindBuckets(Grid grid)
    {
        var lowers = MemoryMarshal.Cast<float, Vector<float>>(_row.Lower);
        var uppers = MemoryMarshal.Cast<float, Vector<float>>(_row.Upper);
        var buckets = MemoryMarshal.Cast<int, Vector<int>>(_buckets.AsSpan());
        for (int i = 0; i < lowers.Length; i++)
        {
            var lower = grid.Buckets(lowers[i]);
            buckets[i] = Vector.ConditionalSelect(Vector.Equals(lower, grid.Buckets(uppers[i])), lower, new Vector<int>(grid.Last + 1));
        }
        for (int i = lowers.Length * Vector<float>.Count; i < _buckets.Length; i++)
        {
            int lower = grid.Bucket(_row.Lower[i]);
            _buckets[i] = lower == grid.Bucket(_row.Upper[i]) ? lower : grid.Last + 1;
        }
    }

    private void FindStarts(Grid grid, int length)
    {
        var starts = _starts.AsSpan(0, grid.Last + 1);
        starts.Clear();
        for (int i = 0; i < length; i++)
            starts[grid.Bucket(_limits[i])]++;
        int lower = 0;
        foreach (ref int start in starts)
        {
            int own = start;
            start = lower << 1 | (own > 0 ? 1 : 0);
            lower += own;
        }
        _starts[grid.Last + 1] = lower << 1 | 1;
    }

    // How many references of the row come after one of the sorted ones and not after the next, of those whose buckets say so.
    private int CountClear()
    {
        int open = 0;
        fixed (int* buckets = _buckets, starts = _starts, before = _before, later = _open)
        {
            // Without a branch, which would be guessed wrong every few references.
            for (int i = 0; i < _buckets.Length; i++)
            {
                int start = starts[buckets[i]];
                int isOpen = start & 1;
                later[open] = i;
                open += isOpen;
                before[start >> 1] += 1 - isOpen;
            }
        }
        return open;
    }

    // How many of the sorted references are before one: of those in its buckets, by bounds, and where these leave it open by exact distances.
    private int Place(int reference, Grid grid)
    {
        float lower = _row.Lower[reference], upper = _row.Upper[reference];
        int first = _starts[grid.Bucket(lower)] >> 1, end = _starts[grid.Bucket(upper) + 1] >> 1;
        while (first < end)
        {
            int middle = (first + end) >>> 1;
            bool isBefore = _limits[middle] < lower || (_limits[middle] <= upper && IsBefore(middle, reference));
            (first, end) = isBefore ? (middle + 1, end) : (first, middle);
        }
        return first;
    }

    private bool IsBefore(int place, int reference)
    {
        double exact = _row.Exact(reference);
        return _exact[place] < exact || (_exact[place] == exact && _positions[place] < reference);
    }

    /// <summary>Equal buckets: 0 for all that is lower, the last one for all that is higher, and for NaN.</summary>
    private readonly record struct Grid(float Lowest, float Scale, int Last)
    {
        public static Grid Of(float lowest, float highest, int count)
        {
            float scale = (count - 4) / (highest - lowest);
            return new Grid(lowest, float.IsFinite(scale) ? scale : 0, count - 2);
        }

        public int Bucket(float value)
        {
            float place = (value - Lowest) * Scale + 1;
            return !(place < Last) ? Last : place > 0 ? (int)place : 0;
        }

        public Vector<int> Buckets(Vector<float> values)
        {
            var places = (values - new Vector<float>(Lowest)) * new Vector<float>(Scale) + Vector<float>.One;
            places = Vector.ConditionalSelect(Vector.LessThan(places, new Vector<float>(Last)), places, new Vector<float>(Last));
            return Vector.ConvertToInt32(Vector.ConditionalSelect(Vector.GreaterThan(places, Vector<float>.Zero), places, Vector<float>.Zero));
        }
    }
}
