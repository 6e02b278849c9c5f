using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What a report says of the chosen triplets: counts, and quantiles of their distances from bounded samples.</summary>
/// <param name="activeMargin">A triplet is active when D_ap − D_an + this is above 0.</param>
internal sealed class ChoiceStatistics(double activeMargin) : IChoiceReader
{
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
        var anchors = HostCopy.View<long>(chosen.Anchors);
        var positives = HostCopy.View<long>(chosen.Positives);
        var negatives = HostCopy.View<long>(chosen.Negatives);
        var near = HostCopy.View<double>(chosen.PositiveDistances);
        var far = HostCopy.View<double>(chosen.NegativeDistances);
        var fellBack = HostCopy.View<bool>(chosen.IsFallback);
        Terms += anchors.Length;
        for (var term = 0; term < anchors.Length; term++)
        {
            var key = ValueSample.Key(((ulong)anchors[term] << 32) | (uint)positives[term]);
            if (positives[term] >= 0)
                _positives.Add(key, near[term]);
            if (negatives[term] < 0)
                continue;
            _negatives.Add(key, far[term]);
            Active += near[term] - far[term] + activeMargin > 0 ? 1 : 0;
            FellBack += fellBack[term] ? 1 : 0;
        }
    }
}
