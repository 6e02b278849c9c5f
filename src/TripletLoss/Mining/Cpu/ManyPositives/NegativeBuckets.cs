using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TripletLoss;

/// <summary>
/// One anchor's negatives in buckets that ascend, unordered within: then the nearest one above a threshold stands in a vector
/// or two from the start of the threshold's bucket. Where a bucket grows long, the caller sorts.
/// </summary>
internal sealed unsafe class NegativeBuckets<TWidth, TVector>(int capacity, NativeArena arena)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private const int LongestBucket = 256;

    // Of the bucket that a negative is in.
    private const int LongestAverage = 24;
    private const uint Infinity = 0x7F800000;

    private readonly int* _ends = arena.Allocate<int>(BucketRange.Buckets(capacity) + 1);
    private readonly uint* _values = arena.Allocate<uint>(capacity + TWidth.Lanes);
    private readonly int* _columns = arena.Allocate<int>(capacity + TWidth.Lanes);
    private readonly int* _bucketOf = arena.Allocate<int>(capacity + (2 * Vector256<int>.Count));
    private BucketRange _range;
    private int _count;
    private int _farthest;

    /// <summary>Takes row[0..start) and row[end..length); false where a bucket is too long to search.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryFill(uint* row, int start, int end, int length, int* originals)
    {
        _count = start + length - end;
        _range = new(row, start, end, _count);
        new Span<int>(_ends, _range.Count + 1).Clear();
        _range.Find(row, start, _bucketOf);
        _range.Find(row + end, length - end, _bucketOf + start);
        Count();
        if (!AreShort())
            return false;
        int* ends = _ends;
        for (int bucket = 1, sum = 0; bucket <= _range.Count; bucket++)
        {
            int size = ends[bucket];
            ends[bucket] = sum;
            sum += size;
        }

        // Filling moves each start to its end, which is the start of the next.
        Place(row, 0, start, _bucketOf);
        Place(row, end, length, _bucketOf + start);
        new Span<uint>(_values + _count, TWidth.Lanes).Fill(PackedDistances<TWidth, TVector>.Excluded);
        _farthest = Farthest(originals);
        return true;
    }

    // There are at least two vectors of buckets.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool AreShort()
    {
        Vector256<int> longest = default, squares = default;
        for (int bucket = 1; bucket <= _range.Count; bucket += Vector256<int>.Count)
        {
            Vector256<int> sizes = Vector256.Load(_ends + bucket);
            longest = Vector256.Max(longest, sizes);
            squares += sizes * sizes;
        }

        // Only of short buckets do the squares fit.
        return !Vector256.GreaterThanAny(longest, Vector256.Create(LongestBucket)) && Vector256.Sum(squares) <= (long)LongestAverage * _count;
    }

    /// <summary>Chooses for all positives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Choose(int* originals, RowChoices choices)
    {
        // In locals: what is written might be these fields, for all the compiler knows.
        int* ends = _ends, columns = _columns, negatives = choices.Negatives;
        uint* values = _values, positiveBits = choices.PositiveBits, negativeBits = choices.NegativeBits;
        int count = _count, farthest = _farthest, positives = choices.Count;
        BucketRange range = _range;
        int* bucketOf = _bucketOf;
        range.Find(positiveBits, positives, bucketOf);
        for (int slot = 0; slot < positives; slot++)
        {
            // A NaN of either sign becomes infinity, so that what stands past the end is above no threshold.
            uint threshold = Math.Min(positiveBits[slot], Infinity) + 1;
            int place = ends[bucketOf[slot]];
            TVector offset = TWidth.BroadcastBits(threshold);
            uint excess = Candidates.None;
            int chosen = farthest;
            for (; place < count; place += TWidth.Lanes)
            {
                TVector candidates = TWidth.SubtractBits(TWidth.Load((float*)(values + place)), offset);
                uint least = TWidth.LeastBits(candidates);
                if (least <= excess && least < Candidates.None)
                {
                    chosen = LowestOf(candidates, least, place, originals, least == excess ? chosen : -1);
                    excess = least;
                }

                // The rest of the bucket may hold a nearer one; what comes after it cannot.
                if (excess < Candidates.None && place + TWidth.Lanes >= ends[range.BucketOf(excess + threshold) + 1])
                    break;
            }

            negatives[slot] = columns[chosen];
            negativeBits[slot] = values[chosen];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count()
    {
        int* counts = _ends + 1, buckets = _bucketOf;
        int count = _count;
        for (int i = 0; i < count; i++)
            counts[buckets[i]]++;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(uint* row, int from, int to, int* buckets)
    {
        int* next = _ends + 1;
        uint* values = _values;
        int* columns = _columns;
        for (int column = from; column < to; column++)
        {
            int place = next[buckets[column - from]]++;
            values[place] = row[column];
            columns[place] = column;
        }
    }

    private int Farthest(int* originals)
    {
        int farthest = _count - 1;
        int first = _ends[_range.BucketOf(_values[farthest])];
        for (int place = first; place < _count; place++)
        {
            if (_values[place] > _values[farthest]
                || (_values[place] == _values[farthest] && originals[_columns[place]] < originals[_columns[farthest]]))
            {
                farthest = place;
            }
        }

        return farthest;
    }

    /// <summary>The place of the lowest original index among these and the one before (−1: none).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int LowestOf(TVector candidates, uint least, int place, int* originals, int chosen)
    {
        uint equal = TWidth.EqualBits(candidates, TWidth.BroadcastBits(least));
        if (chosen < 0)
        {
            chosen = place + BitOperations.TrailingZeroCount(equal);
            equal &= equal - 1;
        }

        for (; equal != 0; equal &= equal - 1)
        {
            int other = place + BitOperations.TrailingZeroCount(equal);
            if (originals[_columns[other]] < originals[_columns[chosen]])
                chosen = other;
        }

        return chosen;
    }
}
