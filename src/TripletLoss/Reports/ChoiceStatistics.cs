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
            HostCopy.View<long>(chosen.Anchors), HostCopy.View<long>(chosen.Positives), HostCopy.View<long>(chosen.Negatives), HostCopy.View<bool>(chosen.IsFallback),
            HostCopy.View<double>(chosen.PositiveDistances), HostCopy.View<double>(chosen.NegativeDistances), 1);
    }

    /// <inheritdoc/>
    public void Read(ChoiceBuffer recorded, double factor) => Read(
        recorded.Anchors, recorded.Positives, recorded.Negatives, recorded.FellBack, recorded.PositiveDistances, recorded.NegativeDistances, factor);

    // Beside other threads, but for the beginning and the end.
    private void Read<TIndex>(
        ReadOnlySpan<TIndex> anchors, ReadOnlySpan<TIndex> positives, ReadOnlySpan<TIndex> negatives, ReadOnlySpan<bool> fellBack,
        ReadOnlySpan<double> near, ReadOnlySpan<double> far, double factor)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        ValueSample positiveDistances, negativeDistances;
        lock (_positives)
            (positiveDistances, negativeDistances) = (_positives.Beside(), _negatives.Beside());
        long active = 0, fallbacks = 0;
        var (anchor, beginning) = (-TIndex.One, 0UL);
        Span<ulong> keys = stackalloc ulong[Chunk];
        Span<double> scaledNear = stackalloc double[Chunk], scaledFar = stackalloc double[Chunk];
        for (var start = 0; start < anchors.Length; start += Chunk)
        {
            var count = Math.Min(Chunk, anchors.Length - start);
            for (var i = 0; i < count; i++)
            {
                var (positive, hasNegative) = (positives[start + i], !TIndex.IsNegative(negatives[start + i]));
                var (own, other) = (near[start + i] * factor, far[start + i] * factor);
                if (anchors[start + i] != anchor)
                    (anchor, beginning) = (anchors[start + i], ValueSample.Beginning(ulong.CreateTruncating(anchors[start + i])));
                keys[i] = ValueSample.Key(beginning, uint.CreateTruncating(positive));
                scaledNear[i] = TIndex.IsNegative(positive) ? double.NaN : own;
                scaledFar[i] = hasNegative ? other : double.NaN;
                active += hasNegative && own - other + activeMargin > 0 ? 1 : 0;
                fallbacks += hasNegative && fellBack[start + i] ? 1 : 0;
            }

            positiveDistances.Add(keys[..count], scaledNear[..count]);
            negativeDistances.Add(keys[..count], scaledFar[..count]);
        }

        lock (_positives)
        {
            _positives.Add(positiveDistances);
            _negatives.Add(negativeDistances);
            (Terms, Active, FellBack) = (Terms + anchors.Length, Active + active, FellBack + fallbacks);
        }
    }
}
