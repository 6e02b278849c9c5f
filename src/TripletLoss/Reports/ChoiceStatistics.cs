using System.Numerics;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What a report says of the chosen triplets: counts, and quantiles of their distances from bounded samples.</summary>
/// <param name="activeMargin">A triplet is active when D_ap − D_an + this is above 0.</param>
internal sealed class ChoiceStatistics(double activeMargin) : IChoiceReader
{
    private const int Chunk = 256;

    private readonly ValueSample _positives = new();
    private readonly ValueSample _negatives = new();

    /// <summary>How many terms there are, with or without a negative.</summary>
    public long Terms { get; private set; }

    /// <summary>How many are active.</summary>
    public long Active { get; private set; }

    /// <summary>How many took the farthest negative.</summary>
    public long FellBack { get; private set; }

    /// <summary>The distances of the positives; null where there is none.</summary>
    public Quantiles? PositiveDistances => _positives.ToQuantiles();

    /// <summary>The distances of the negatives; null where there is none.</summary>
    public Quantiles? NegativeDistances => _negatives.ToQuantiles();

    /// <inheritdoc/>
    public void Read(ChosenTriplets chosen)
    {
        using var scope = NewDisposeScope();
        Read(
            HostCopy.View<int>(chosen.Anchors.to_type(int32)), HostCopy.View<int>(chosen.Positives.to_type(int32)), HostCopy.View<bool>(chosen.IsFallback),
            HostCopy.View<double>(chosen.PositiveDistances), HostCopy.View<double>(chosen.NegativeDistances), 1);
    }

    /// <inheritdoc/>
    public void Read(ChoiceBuffer recorded, double factor) =>
        Read(recorded.Anchors, recorded.Positives, recorded.FellBack, recorded.PositiveDistances, recorded.NegativeDistances, factor);

    // Beside other threads, but for the beginning and the end.
    private void Read(
        ReadOnlySpan<int> anchors, ReadOnlySpan<int> positives, ReadOnlySpan<bool> fellBack, ReadOnlySpan<double> near, ReadOnlySpan<double> far, double factor)
    {
        ValueSample positiveDistances, negativeDistances;
        lock (_positives)
            (positiveDistances, negativeDistances) = (_positives.Beside(), _negatives.Beside());
        long active = 0;
        Span<uint> keys = stackalloc uint[Chunk];
        for (var start = 0; start < anchors.Length; start += Chunk)
        {
            var end = Math.Min(start + Chunk, anchors.Length);
            ValueSample.WriteKeys(anchors[start..end], positives[start..end], keys);
            positiveDistances.Add(keys, near[start..end], factor);
            negativeDistances.Add(keys, far[start..end], factor);
            active += CountActive(positives[start..end], near[start..end], far[start..end], factor);
        }

        lock (_positives)
        {
            _positives.Add(positiveDistances);
            _negatives.Add(negativeDistances);
            (Terms, Active, FellBack) = (Terms + anchors.Length, Active + active, FellBack + fellBack.Count(true));
        }
    }

    // Where there is no positive its distance counts as 0; where there is no negative nothing is active.
    private long CountActive(ReadOnlySpan<int> positives, ReadOnlySpan<double> near, ReadOnlySpan<double> far, double factor)
    {
        var (active, term) = (Vector<long>.Zero, 0);
        var isWhole = !positives.Contains(-1);
        for (; isWhole && term + Vector<double>.Count <= near.Length; term += Vector<double>.Count)
        {
            var difference = new Vector<double>(near[term..]) - new Vector<double>(far[term..]);
            active -= Vector.GreaterThan((difference * factor) + new Vector<double>(activeMargin), Vector<double>.Zero);
        }

        var count = Vector.Sum(active);
        for (; term < near.Length; term++)
            count += ((positives[term] < 0 ? 0 : near[term]) - far[term]) * factor + activeMargin > 0 ? 1 : 0;
        return count;
    }
}
