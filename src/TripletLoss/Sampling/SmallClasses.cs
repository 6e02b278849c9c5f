namespace TripletLoss;

/// <summary>What a <see cref="ClassBalancedSampler"/> does about classes with fewer samples than a batch takes of each.</summary>
public enum SmallClasses
{
    /// <summary>Making the sampler is an error, which says how many there are.</summary>
    Refuse,

    /// <summary>Their samples are repeated within a batch. A pair of the same sample teaches nothing, unless inputs are augmented at random.</summary>
    Repeat,

    /// <summary>Their samples are left out: never dealt, and not counted.</summary>
    Skip,
}
