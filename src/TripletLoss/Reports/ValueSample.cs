using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Numbers for quantiles: all of them while they are few, then as many of equal probability. Infinities and NaN are left out.</summary>
/// <remarks>Those with the smallest keys are kept, whatever the order they come in, so that the same numbers give the same quantiles on any number of threads.</remarks>
internal sealed class ValueSample(int capacity = ValueSample.Capacity)
{
    /// <summary>How many are kept by default.</summary>
    public const int Capacity = 1 << 16;

    private readonly List<(ulong Key, double Value)> _kept = [];
    private ulong _limit = ulong.MaxValue;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;
    private long _count;

    /// <summary>Adds one number.</summary>
    /// <param name="identity">What tells it from the others.</param>
    /// <param name="value">The number.</param>
    public void Add(ulong identity, double value)
    {
        if (!double.IsFinite(value))
            return;
        _minimum = Math.Min(_minimum, value);
        _maximum = Math.Max(_maximum, value);
        _count++;
        var key = SplitMix64.Mix(identity);
        if (key >= _limit)
            return;
        _kept.Add((key, value));
        if (_kept.Count == 2 * capacity)
            Trim();
    }

    /// <summary>Adds all numbers of a tensor, told apart by their place.</summary>
    public void Add(Tensor values)
    {
        using var scope = NewDisposeScope();
        var place = 0UL;
        foreach (var value in values.detach().flatten().to_type(float64).cpu().contiguous().data<double>())
            Add(place++, value);
    }

    /// <summary>The quantiles of what was added; null where there is nothing.</summary>
    public Quantiles? ToQuantiles()
    {
        if (_kept.Count > capacity)
            Trim();
        return _count == 0 ? null : new Quantiles(_count, [.. _kept.Select(kept => kept.Value).Order()], _minimum, _maximum);
    }

    private void Trim()
    {
        _kept.Sort((one, other) => one.Key.CompareTo(other.Key));
        _limit = _kept[capacity].Key;
        _kept.RemoveRange(capacity, _kept.Count - capacity);
    }
}
