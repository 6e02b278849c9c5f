namespace TripletLoss;

/// <summary>What a <see cref="ClassBalancedSampler"/> does with classes that have fewer samples than a batch takes of each.</summary>
public enum SmallClasses
{
    /// <summary>They are an error, which says how many there are.</summary>
    Refuse,

    /// <summary>Their samples are repeated within a batch. Nothing can be learned from a pair of the same sample, unless inputs are augmented at random.</summary>
    Repeat,

    /// <summary>Their samples are left out and not counted.</summary>
    Skip,
}
