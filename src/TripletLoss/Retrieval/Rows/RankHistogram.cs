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
    private const int Spread = 32;

    private readonly BoundedRow<float> _row;

    // For each reference of the row, the buckets of its bounds.
    private readonly int[] _lowers;
    private readonly int[] _uppers;

    // For each bucket how many of the sorted references are in lower ones.
    private readonly int[] _starts = new int[MostBuckets];
    private readonly double[] _exact;
    private readonly float[] _limits;
    private readonly int[] _positions;
    private readonly int[] _before;
    private readonly int[] _open;

    // Of the last reference that was placed by its exact distance.
    private double _lastExact;
    private int _lastPlace;

    public RankHistogram(BoundedRow<float> row)
    {
        int length = row.Lower.Length;
        _row = row;
        _lowers = new int[length];
        _uppers = new int[length];
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
        (_lastExact, _lastPlace) = (double.NaN, 0);
        foreach (int reference in _open.AsSpan(0, open))
        {
            if (!float.IsNaN(_row.Lower[reference]))
                _before[Place(reference)]++;
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
        var lowerBuckets = MemoryMarshal.Cast<int, Vector<int>>(_lowers.AsSpan());
        var upperBuckets = MemoryMarshal.Cast<int, Vector<int>>(_uppers.AsSpan());
        for (int i = 0; i < lowers.Length; i++)
            (lowerBuckets[i], upperBuckets[i]) = (grid.Buckets(lowers[i]), grid.Buckets(uppers[i]));
        for (int i = lowers.Length * Vector<float>.Count; i < _lowers.Length; i++)
            (_lowers[i], _uppers[i]) = (grid.Bucket(_row.Lower[i]), grid.Bucket(_row.Upper[i]));
    }

    private void FindStarts(Grid grid, int length)
    {
        var starts = _starts.AsSpan(0, grid.Last + 2);
        starts.Clear();
        for (int i = 0; i < length; i++)
            starts[grid.Bucket(_limits[i])]++;
        int lower = 0;
        foreach (ref int start in starts)
            (start, lower) = (lower, lower + start);
    }

    // How many references of the row come after one of the sorted ones and not after the next, of those whose bounds have none in their buckets or between.
    private int CountClear()
    {
        int open = 0;
        fixed (int* lowers = _lowers, uppers = _uppers, starts = _starts, before = _before, later = _open)
        {
            // Without a branch, which would be guessed wrong every few references.
            for (int i = 0; i < _lowers.Length; i++)
            {
                int start = starts[lowers[i]];
                int isOpen = (int)((uint)(start - starts[uppers[i] + 1]) >> 31);
                later[open] = i;
                open += isOpen;
                before[start] += 1 - isOpen;
            }
        }
        return open;
    }

    // How many of the sorted references are before one: of those in its buckets, by bounds, and where these leave it open by exact distances.
    private int Place(int reference)
    {
        float lower = _row.Lower[reference], upper = _row.Upper[reference];
        int first = _starts[_lowers[reference]], end = _starts[_uppers[reference] + 1];
        while (first < end)
        {
            int middle = (first + end) >>> 1;
            if (_limits[middle] < lower)
                first = middle + 1;
            else if (_limits[middle] > upper)
                end = middle;
            else
                return PlaceByExactDistance(reference, first, end);
        }
        return first;
    }

    private int PlaceByExactDistance(int reference, int first, int end)
    {
        double exact = _row.Exact(reference);
        if (exact == _lastExact)
        {
            // References come from left to right, and one that is as far as the last is not before it: a step or none, where all are equal.
            while (_lastPlace < end && IsBefore(_lastPlace, exact, reference))
                _lastPlace++;
            return _lastPlace;
        }
        while (first < end)
        {
            int middle = (first + end) >>> 1;
            if (IsBefore(middle, exact, reference))
                first = middle + 1;
            else
                end = middle;
        }
        (_lastExact, _lastPlace) = (exact, first);
        return first;
    }

    private bool IsBefore(int place, double exact, int reference) => _exact[place] < exact || (_exact[place] == exact && _positions[place] < reference);

    /// <summary>Equal buckets: 0 for all that is lower, the last one for all that is higher, and for NaN.</summary>
    private readonly record struct Grid(float Lowest, float Scale, int Last)
    {
        // The smallest normal number: the largest difference is a few buckets wide.
        private const float SmallestScale = 1.17549435e-38f;

        public static Grid Of(float lowest, float highest, int count)
        {
            // Never 0, by which a difference that overflows is NaN, and in the last bucket even where it is the lowest.
            float scale = (count - 4) / (highest - lowest);
            return new Grid(lowest, float.IsFinite(scale) && scale > SmallestScale ? scale : SmallestScale, count - 2);
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
