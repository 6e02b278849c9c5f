using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Numbers for quantiles: all of them while they are few, then as many of equal probability. Infinities and NaN are left out.</summary>
/// <remarks>Those with the smallest keys are kept, whatever the order they come in, so that the same numbers give the same quantiles on any number of threads.</remarks>
internal sealed class ValueSample(int capacity = ValueSample.Capacity)
{
    /// <summary>How many are kept by default.</summary>
    public const int Capacity = 1 << 14;

    private ulong[] _keys = [];
    private double[] _values = [];
    private int _kept;
    private ulong _limit = ulong.MaxValue;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;
    private long _count;

    /// <summary>The key of a number, from what tells it from the others.</summary>
    public static ulong Key(ulong identity) => SplitMix64.Mix(identity);

    /// <summary>Adds one number.</summary>
    public void Add(ulong key, double value)
    {
        if (!double.IsFinite(value))
            return;
        if (value < _minimum)
            _minimum = value;
        if (value > _maximum)
            _maximum = value;
        _count++;
        if (key >= _limit)
            return;
        if (_kept == _keys.Length)
            MakeRoom();
        (_keys[_kept], _values[_kept++]) = (key, value);
    }

    /// <summary>Adds all numbers of a tensor, told apart by their place.</summary>
    public void Add(Tensor values)
    {
        using var scope = NewDisposeScope();
        var place = 0UL;
        foreach (var value in HostCopy.Of<double>(values.detach().to_type(float64)))
            Add(Key(place++), value);
    }

    /// <summary>The quantiles of what was added; null where there is nothing.</summary>
    public Quantiles? ToQuantiles()
    {
        if (_kept > capacity)
            KeepSmallest();
        return _count == 0 ? null : new Quantiles(_count, Sorted(_values[.._kept]), _minimum, _maximum);
    }

    // By libtorch, with vector instructions.
    private static double[] Sorted(double[] values)
    {
        using var scope = NewDisposeScope();
        return HostCopy.Of<double>(tensor(values, device: CPU).sort().Values);
    }

    private void MakeRoom()
    {
        if (_kept < 2 * capacity)
        {
            Array.Resize(ref _keys, Math.Clamp(2 * _kept, 16, 2 * capacity));
            Array.Resize(ref _values, _keys.Length);
            return;
        }

        // Keys are evenly spread: three quarters of the range hold enough, nearly always, and nothing needs to be sorted.
        var limit = _limit / 4 * 3;
        if (_keys.Count(key => key < limit) < capacity)
            KeepSmallest();
        else
            KeepBelow(limit);
    }

    private void KeepSmallest()
    {
        Array.Sort(_keys, _values, 0, _kept);
        (_limit, _kept) = (_keys[capacity], capacity);
    }

    private void KeepBelow(ulong limit)
    {
        var kept = 0;
        for (var place = 0; place < _kept; place++)
        {
            if (_keys[place] < limit)
                (_keys[kept], _values[kept++]) = (_keys[place], _values[place]);
        }

        (_limit, _kept) = (limit, kept);
    }
}
