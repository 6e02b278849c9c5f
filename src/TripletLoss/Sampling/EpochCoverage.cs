namespace TripletLoss;

/// <summary>Which samples an epoch of a <see cref="ClassBalancedSampler"/> holds.</summary>
public enum EpochCoverage
{
    /// <summary>Every class equally often: samples of rare classes come up several times per epoch, those of common ones not in every epoch.</summary>
    Balanced,

    /// <summary>Every sample at most once, in as many whole batches as possible: common classes come up more often than rare ones.</summary>
    EachOnce,
}
