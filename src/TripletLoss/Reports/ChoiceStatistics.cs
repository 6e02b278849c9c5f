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
            HostCopy.View<long>(chosen.Anchors), HostCopy.View<long>(chosen.Positives), HostCopy.View<bool>(chosen.IsFallback),
            HostCopy.View<double>(chosen.PositiveDistances), HostCopy.View<double>(chosen.NegativeDistances), 1);
    }

    /// <inheritdoc/>
    public void Read(ChoiceBuffer recorded, double factor) =>
        Read(recorded.Anchors, recorded.Positives, recorded.FellBack, recorded.PositiveDistances, recorded.NegativeDistances, factor);

    // Beside other threads, but for the beginning and the end.
    private void Read<TIndex>(
        ReadOnlySpan<TIndex> anchors, ReadOnlySpan<TIndex> positives, ReadOnlySpan<bool> fellBack, ReadOnlySpan<double> near, ReadOnlySpan<double> far, double factor)
        where TIndex : unmanaged, IBinaryInteger<TIndex>, IMinMaxValue<TIndex>
    {
        ValueSample positiveDistances, negativeDistances;
        lock (_positives)
            (positiveDistances, negativeDistances) = (_positives.Beside(), _negatives.Beside());
        long active = 0;
        Span<ulong> keys = stackalloc ulong[Chunk];
        for (var start = 0; start < anchors.Length; start += Chunk)
        {
            var end = Math.Min(start + Chunk, anchors.Length);
            WriteKeys(anchors[start..end], positives[start..end], keys);
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

    private static void WriteKeys<TIndex>(ReadOnlySpan<TIndex> anchors, ReadOnlySpan<TIndex> positives, Span<ulong> keys)
        where TIndex : unmanaged, IBinaryInteger<TIndex>, IMinMaxValue<TIndex>
    {
        var (anchor, beginning) = (-TIndex.One, 0UL);
        for (var term = 0; term < anchors.Length; term++)
        {
            if (anchors[term] != anchor)
                (anchor, beginning) = (anchors[term], ValueSample.Beginning(ulong.CreateTruncating(anchors[term])));
            keys[term] = ValueSample.Key(beginning, uint.CreateTruncating(positives[term]));
        }
    }

    // Where there is no positive its distance counts as 0; where there is no negative nothing is active.
    private long CountActive<TIndex>(ReadOnlySpan<TIndex> positives, ReadOnlySpan<double> near, ReadOnlySpan<double> far, double factor)
        where TIndex : unmanaged, IBinaryInteger<TIndex>, IMinMaxValue<TIndex>
    {
        var (active, term) = (Vector<long>.Zero, 0);
        var isWhole = !positives.ContainsAnyInRange(TIndex.MinValue, -TIndex.One);
        for (; isWhole && term + Vector<double>.Count <= near.Length; term += Vector<double>.Count)
        {
            var difference = new Vector<double>(near[term..]) - new Vector<double>(far[term..]);
            active -= Vector.GreaterThan((difference * factor) + new Vector<double>(activeMargin), Vector<double>.Zero);
        }

        var count = Vector.Sum(active);
        for (; term < near.Length; term++)
            count += ((TIndex.IsNegative(positives[term]) ? 0 : near[term]) - far[term]) * factor + activeMargin > 0 ? 1 : 0;
        return count;
    }
}
