using System.Numerics;
using System.Runtime.Intrinsics;

namespace TripletLoss;

/// <summary>Numbers for quantiles: all of them while they are few, then some, each as probably as any other. Infinities and NaN are left out.</summary>
/// <remarks>
/// Those are kept whose keys are not above a limit, which is halved whenever there are more of them than room. Where it ends does not depend on the order they come in, so that the same numbers give
/// the same quantiles on any number of threads.
/// </remarks>
internal sealed class ValueSample
{
    // About half of it is left when the limit is halved.
    private const int Capacity = 1 << 15;

    private uint[] _keys = [];
    private double[] _values = [];
    private int _kept;
    private uint _limit = uint.MaxValue;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;
    private long _count;

    /// <summary>The quantiles of numbers that are told apart by their place; null where there is none.</summary>
    public static Quantiles? QuantilesOf(ReadOnlySpan<double> numbers)
    {
        var (sample, keys) = (new ValueSample(), new uint[numbers.Length]);
        WriteKeys(new int[numbers.Length], [.. Enumerable.Range(0, numbers.Length)], keys);
        sample.Add(keys, numbers, 1);
        return sample.ToQuantiles();
    }

    /// <summary>The keys of numbers, from where they stand.</summary>
    public static void WriteKeys(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, Span<uint> keys)
    {
        var place = 0;
        for (; place + Vector<int>.Count <= rows.Length; place += Vector<int>.Count)
            Keys(new Vector<int>(rows[place..]), new Vector<int>(columns[place..])).CopyTo(keys[place..]);
        for (; place < rows.Length; place++)
            keys[place] = Keys(new Vector<int>(rows[place]), new Vector<int>(columns[place]))[0];
    }

    /// <summary>Adds some numbers, times a factor.</summary>
    public void Add(ReadOnlySpan<uint> keys, ReadOnlySpan<double> values, double factor)
    {
        Look(values, factor);
        var place = 0;
        for (; place + Vector256<uint>.Count <= values.Length; place += Vector256<uint>.Count)
        {
            // Of many numbers few are kept: mostly none of a vector.
            var kept = Vector256.LessThanOrEqual(Vector256.Create(keys[place..]), Vector256.Create(_limit)).ExtractMostSignificantBits();
            for (; kept != 0; kept &= kept - 1)
                Keep(keys, values, factor, place + BitOperations.TrailingZeroCount(kept));
        }

        for (; place < values.Length; place++)
            Keep(keys, values, factor, place);
    }

    /// <summary>An empty one for some of the numbers, which this one takes afterwards.</summary>
    public ValueSample Beside() => new() { _limit = _limit };

    /// <summary>Takes what another one got.</summary>
    public void Add(ValueSample other)
    {
        (_minimum, _maximum, _count) = (Math.Min(_minimum, other._minimum), Math.Max(_maximum, other._maximum), _count + other._count);
        if (other._limit < _limit)
            KeepUpTo(other._limit);
        for (var place = 0; place < other._kept; place++)
            Keep(other._keys[place], other._values[place]);
    }

    /// <summary>The quantiles of what was added; null where there is nothing.</summary>
    public Quantiles? ToQuantiles() => _count == 0 ? null : new Quantiles(_count, _values.AsSpan(0, _kept).ToArray(), _minimum, _maximum);

    // Counts the finite ones and finds their ends.
    private void Look(ReadOnlySpan<double> values, double factor)
    {
        var (infinity, counts, place) = (new Vector<double>(double.PositiveInfinity), Vector<long>.Zero, 0);
        var (lowest, highest) = (infinity, -infinity);
        for (; place + Vector<double>.Count <= values.Length; place += Vector<double>.Count)
        {
            var some = new Vector<double>(values[place..]) * factor;
            var finite = Vector.LessThan(Vector.Abs(some), infinity);
            lowest = Vector.ConditionalSelect(finite & Vector.LessThan(some, lowest), some, lowest);
            highest = Vector.ConditionalSelect(finite & Vector.GreaterThan(some, highest), some, highest);
            counts -= finite;
        }

        _count += Vector.Sum(counts);
        for (var lane = 0; lane < Vector<double>.Count; lane++)
            (_minimum, _maximum) = (Math.Min(_minimum, lowest[lane]), Math.Max(_maximum, highest[lane]));
        foreach (var value in values[place..])
        {
            if (double.IsFinite(value * factor))
                (_minimum, _maximum, _count) = (Math.Min(_minimum, value * factor), Math.Max(_maximum, value * factor), _count + 1);
        }
    }

    private void Keep(ReadOnlySpan<uint> keys, ReadOnlySpan<double> values, double factor, int place)
    {
        if (double.IsFinite(values[place] * factor))
            Keep(keys[place], values[place] * factor);
    }

    private void Keep(uint key, double value)
    {
        while (_kept == _keys.Length && key <= _limit)
            MakeRoom();
        if (key <= _limit)
            (_keys[_kept], _values[_kept++]) = (key, value);
    }

    private void MakeRoom()
    {
        if (_kept == Capacity)
        {
            KeepUpTo(_limit / 2);
            return;
        }

        Array.Resize(ref _keys, Math.Clamp(2 * _kept, 16, Capacity));
        Array.Resize(ref _values, _keys.Length);
    }

    private void KeepUpTo(uint limit)
    {
        var kept = 0;
        for (var place = 0; place < _kept; place++)
        {
            (_keys[kept], _values[kept]) = (_keys[place], _values[place]);
            kept += _keys[place] <= limit ? 1 : 0;
        }

        (_limit, _kept) = (limit, kept);
    }

    private static Vector<uint> Keys(Vector<int> rows, Vector<int> columns) =>
        Scatter(Scatter(Vector.AsVectorUInt32(rows)) + Vector.AsVectorUInt32(columns));

    // The end of Appleby's MurmurHash3: a permutation in which every bit depends on every other.
    private static Vector<uint> Scatter(Vector<uint> bits)
    {
        bits = (bits ^ (bits >> 16)) * new Vector<uint>(0x85EBCA6B);
        bits = (bits ^ (bits >> 13)) * new Vector<uint>(0xC2B2AE35);
        return bits ^ (bits >> 16);
    }
}
