namespace TripletLoss;

/// <summary>
/// The chosen triplets, one a term (a pair of semi-hard, an anchor of hard): anchor after anchor in sorted order, and
/// the weights of their two distances in the gradient, 0 where the hinge is 0.
/// </summary>
internal sealed unsafe class TripletTerms(long* start, int anchors, bool areAllPairs, NativeArena arena)
{
    /// <summary>Terms of semi-hard, one for each positive pair, or of hard, one for each anchor.</summary>
    public static TripletTerms Of(ClassIndex classes, bool onePerAnchor, NativeArena arena)
    {
        if (!onePerAnchor)
            return new(classes.PairStart, classes.AnchorCount, classes.MinesItself, arena);
        long* start = arena.Allocate<long>(classes.AnchorCount + 1L);
        for (int anchor = 0; anchor <= classes.AnchorCount; anchor++)
            start[anchor] = anchor;
        return new(start, classes.AnchorCount, areAllPairs: false, arena);
    }

    /// <summary>The first term of each sorted anchor; one more entry at the end.</summary>
    public long* Start => start;

    public int AnchorCount => anchors;

    /// <summary>Whether there is a term for every positive pair of a batch that mines itself, and so two for each two points of a class.</summary>
    public bool AreAllPairs => areAllPairs;

    public long Count => start[anchors];

    /// <summary>The original index of the positive, −1 for none; to be written for every term, active or not.</summary>
    public int* Positive { get; } = arena.Allocate<int>(start[anchors]);

    /// <summary>The original index of the negative, −1 for none.</summary>
    public int* Negative { get; } = arena.Allocate<int>(start[anchors]);

    /// <summary>Whether no negative was farther than the positive.</summary>
    public bool* FellBack { get; } = arena.AllocateZeroed<bool>(start[anchors]);

    /// <summary>dL / d|a − p|².</summary>
    public float* PositiveWeight { get; } = arena.AllocateZeroed<float>(start[anchors]);

    /// <summary>dL / d|a − n|².</summary>
    public float* NegativeWeight { get; } = arena.AllocateZeroed<float>(start[anchors]);

    /// <summary>Of each anchor, whether its positives weigh all the same.</summary>
    public bool* PositivesAreAlike { get; } = arena.AllocateZeroed<bool>(anchors);

    /// <summary>Looks whether those of an anchor do.</summary>
    public void LookAtPositives(int anchor)
    {
        ReadOnlySpan<uint> weights = new(PositiveWeight + start[anchor], (int)(start[anchor + 1] - start[anchor]));
        PositivesAreAlike[anchor] = weights.Length > 0 && !weights.ContainsAnyExcept(weights[0]);
    }

    /// <summary>Keeps what was chosen, if all of it fits.</summary>
    public void KeepIn(KeptMining kept)
    {
        if (Count <= int.MaxValue)
            kept.Keep(new(Positive, (int)Count), new(Negative, (int)Count));
    }

    /// <summary>Takes what was chosen before.</summary>
    public void Take(int[] positives, int[] negatives)
    {
        positives.CopyTo(new Span<int>(Positive, positives.Length));
        negatives.CopyTo(new Span<int>(Negative, negatives.Length));
    }
}
