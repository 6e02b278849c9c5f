using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TripletLoss;

/// <summary>
/// Equally wide buckets by the bits of a distance (a logarithm, nearly), over what a sample of a row spans. What is nearer than the first falls into that one, what is farther than the last into the last, so that an outlier does not widen them.
/// </summary>
internal readonly unsafe struct BucketRange
{
    // One in so many, so that hardly ever more than a few negatives are beyond the outermost ones.
    private const int SampleStep = 8;

    // For a first look, in which an outlier is seldom.
    private const int FewSamples = 32;

    private readonly uint _origin;
    private readonly int _shift;
    private readonly int _last;

    /// <summary>For row[0..start) and row[end..), count distances in all.</summary>
    public BucketRange(uint* row, int start, int end, int count)
    {
        int buckets = Buckets(count);
        var (lowest, highest) = Sample(row, start, end, count, SampleStep);
        var (low, high) = Sample(row, start, end, count, Math.Max(1, count / FewSamples));
        // No wider than a span of the few samples at either side.
        uint span = high - low;
        _origin = Math.Max(lowest, low - Math.Min(low, span));
        highest = Math.Min(highest, high + span);
        _shift = Math.Max(0, BitOperations.Log2(Math.Max(highest - _origin, 1)) + 1 - BitOperations.Log2((uint)buckets));
        _last = buckets - 1;
    }

    /// <summary>How many there are: two vectors at least.</summary>
    public int Count => _last + 1;

    /// <summary>How many there are for so many distances.</summary>
    public static int Buckets(int distances) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(distances, 2 * Vector256<int>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int BucketOf(uint bits) => (int)Math.Min((Math.Max(bits, _origin) - _origin) >> _shift, (uint)_last);

    /// <summary>Finds the bucket of each distance; reads and writes up to seven places beyond them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(uint* bits, int count, int* buckets)
    {
        Vector256<uint> origin = Vector256.Create(_origin), last = Vector256.Create((uint)_last);
        int shift = _shift;
        for (int i = 0; i < count; i += Vector256<uint>.Count)
            Vector256.Min((Vector256.Max(Vector256.Load(bits + i), origin) - origin) >> shift, last).AsInt32().Store(buckets + i);
    }

    private static (uint Lowest, uint Highest) Sample(uint* row, int start, int end, int count, int step)
    {
        uint lowest = uint.MaxValue, highest = 0;
        for (int i = Math.Min(step, count) / 2; i < count; i += step)
        {
            uint bits = row[i < start ? i : i - start + end];
            lowest = Math.Min(lowest, bits);
            highest = Math.Max(highest, bits);
        }

        return (lowest, highest);
    }
}
