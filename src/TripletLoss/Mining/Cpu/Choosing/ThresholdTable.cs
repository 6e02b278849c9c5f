namespace TripletLoss;

/// <summary>
/// The thresholds of every anchor, as the smallest bit pattern that counts as above: a distance v is a candidate when
/// v − threshold, in unsigned arithmetic, is less than 2³¹. Anchors side by side in groups of a vector's lanes, slot
/// after slot, so that the columns of a tile read them as vectors and the rows as single values.
/// </summary>
internal sealed unsafe class ThresholdTable
{
    /// <summary>Nothing is above it: for lanes whose anchor has fewer slots than the group.</summary>
    public const uint Never = 0x7FFFFFFF;

    private readonly int* _groupStart;

    public ThresholdTable(ClassIndex classes, int lanes, bool onePerAnchor, NativeArena arena)
    {
        Lanes = lanes;
        Groups = (classes.AnchorCount + lanes - 1) / lanes;
        _groupStart = arena.Allocate<int>(Groups + 1);
        _groupStart[0] = 0;
        for (int group = 0; group < Groups; group++)
        {
            int slots = onePerAnchor ? 1 : 0;
            int end = Math.Min((group + 1) * lanes, classes.AnchorCount);
            for (int anchor = group * lanes; anchor < end && !onePerAnchor; anchor++)
                slots = Math.Max(slots, classes.Positives(anchor));
            _groupStart[group + 1] = _groupStart[group] + slots;
        }

        Length = (long)_groupStart[Groups] * lanes;
        Thresholds = arena.AllocateFilled(Length, onePerAnchor ? 0 : Never);
    }

    public int Lanes { get; }

    public int Groups { get; }

    public long Length { get; }

    public uint* Thresholds { get; }

    /// <summary>How many slots the anchors of a group have at most.</summary>
    public int Slots(int group) => _groupStart[group + 1] - _groupStart[group];

    /// <summary>Where an anchor's first slot stands; the next is <see cref="Lanes"/> further.</summary>
    public long First(int anchor) => ((long)_groupStart[anchor / Lanes] * Lanes) + (anchor % Lanes);

    public long GroupFirst(int group) => (long)_groupStart[group] * Lanes;
}
