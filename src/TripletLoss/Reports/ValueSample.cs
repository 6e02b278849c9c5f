using System.Numerics;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Numbers for quantiles: all of them while they are few, then some, each as probably as any other. Infinities and NaN are left out.</summary>
/// <remarks>
/// Those are kept whose keys are below a limit, which is halved whenever there are more of them than room. Where it ends does not depend on the order they come in, so that the same numbers give
/// the same quantiles on any number of threads.
/// </remarks>
internal sealed class ValueSample
{
    // About half of it is left when the limit is halved.
    private const int Capacity = 1 << 15;

    private ulong[] _keys = [];
    private double[] _values = [];
    private int _kept;
    private ulong _limit = ulong.MaxValue;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;
    private long _count;

    /// <summary>The key of a number, from where it stands.</summary>
    public static ulong Key(ulong beginning, uint column)
    {
        // Columns at equal steps must not have keys at equal steps.
        var key = beginning + (column * SplitMix64.Gamma);
        return (key ^ (key >> 32)) * SplitMix64.Gamma;
    }

    /// <summary>What the keys of a row have in common.</summary>
    public static ulong Beginning(ulong row) => SplitMix64.Mix(row);

    /// <summary>Adds some numbers, times a factor.</summary>
    public void Add(ReadOnlySpan<ulong> keys, ReadOnlySpan<double> values, double factor)
    {
        Look(values, factor);
        // Few are below the limit: seldom one of a vector.
        var (limit, place) = (new Vector<ulong>(_limit), 0);
        for (; place + Vector<ulong>.Count <= values.Length; place += Vector<ulong>.Count)
        {
            if (Vector.LessThanAny(new Vector<ulong>(keys[place..]), limit))
                Keep(keys.Slice(place, Vector<ulong>.Count), values.Slice(place, Vector<ulong>.Count), factor);
        }

        Keep(keys[place..values.Length], values[place..], factor);
    }

    /// <summary>An empty one for some of the numbers, which this one takes afterwards.</summary>
    public ValueSample Beside() => new() { _limit = _limit };

    /// <summary>Takes what another one got.</summary>
    public void Add(ValueSample other)
    {
        (_minimum, _maximum, _count) = (Math.Min(_minimum, other._minimum), Math.Max(_maximum, other._maximum), _count + other._count);
        if (other._limit < _limit)
            KeepBelow(other._limit);
        for (var place = 0; place < other._kept; place++)
            Keep(other._keys[place], other._values[place]);
    }

    /// <summary>Adds all numbers of a tensor, told apart by their place.</summary>
    public void Add(Tensor values)
    {
        using var scope = NewDisposeScope();
        var numbers = HostCopy.View<double>(values.to_type(float64));
        Add([.. Enumerable.Range(0, numbers.Length).Select(place => Beginning((ulong)place))], numbers, 1);
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
            (lowest, highest) = (Vector.Min(lowest, Vector.ConditionalSelect(finite, some, infinity)), Vector.Max(highest, Vector.ConditionalSelect(finite, some, -infinity)));
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

    private void Keep(ReadOnlySpan<ulong> keys, ReadOnlySpan<double> values, double factor)
    {
        for (var place = 0; place < values.Length; place++)
        {
            if (double.IsFinite(values[place] * factor))
                Keep(keys[place], values[place] * factor);
        }
    }

    private void Keep(ulong key, double value)
    {
        while (_kept == _keys.Length && key < _limit)
            MakeRoom();
        if (key < _limit)
            (_keys[_kept], _values[_kept++]) = (key, value);
    }

    private void MakeRoom()
    {
        if (_kept == Capacity)
        {
            KeepBelow(_limit / 2);
            return;
        }

        Array.Resize(ref _keys, Math.Clamp(2 * _kept, 16, Capacity));
        Array.Resize(ref _values, _keys.Length);
    }

    private void KeepBelow(ulong limit)
    {
        var kept = 0;
        for (var place = 0; place < _kept; place++)
        {
            (_keys[kept], _values[kept]) = (_keys[place], _values[place]);
            kept += _keys[place] < limit ? 1 : 0;
        }

        (_limit, _kept) = (limit, kept);
    }
}
