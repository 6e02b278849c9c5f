using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>A sample of bounded size of however many numbers (Vitter 1985, algorithm R), with fixed random numbers.</summary>
internal sealed class ValueSample
{
    /// <summary>How many numbers it keeps at most.</summary>
    public const int Capacity = 1 << 16;

    private readonly List<double> _kept = [];
    private readonly Random _random = new(20210415);
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;
    private long _count;

    /// <summary>Adds the finite ones of a tensor's numbers; waits for its device.</summary>
    public void Add(Tensor values)
    {
        using var scope = NewDisposeScope();
        foreach (var value in values.detach().flatten().to_type(float64).cpu().contiguous().data<double>().ToArray())
        {
            if (double.IsFinite(value))
                Add(value);
        }
    }

    /// <summary>The quantiles so far.</summary>
    public Quantiles ToQuantiles()
    {
        var sorted = _kept.Order().ToArray();
        return _count == 0
            ? new Quantiles(0, sorted, double.NaN, double.NaN)
            : new Quantiles(_count, sorted, _minimum, _maximum);
    }

    private void Add(double value)
    {
        _minimum = Math.Min(_minimum, value);
        _maximum = Math.Max(_maximum, value);
        _count++;
        if (_kept.Count < Capacity)
        {
            _kept.Add(value);
            return;
        }
        // So that every number so far is kept with the same probability.
        var place = _random.NextInt64(_count);
        if (place < Capacity)
            _kept[(int)place] = value;
    }
}
