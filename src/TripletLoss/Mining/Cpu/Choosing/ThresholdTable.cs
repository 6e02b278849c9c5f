namespace TripletLoss;

/// <summary>What the slots of an anchor look for.</summary>
internal enum SlotKind
{
    /// <summary>One slot: the nearest negative of all.</summary>
    Nearest,

    /// <summary>For each positive, the nearest negative beyond it.</summary>
    BeyondPositives,

    /// <summary>The farthest negative, in the first slot, and then as <see cref="BeyondPositives"/>.</summary>
    FarthestAndBeyondPositives,
}

/// <summary>
/// The thresholds of every anchor, as the smallest bit pattern that counts as above: a distance v is a candidate when
/// v − threshold, in unsigned arithmetic, is less than 2³¹. For the farthest, the bits of v are flipped before. Anchors side by side in groups of a vector's lanes, slot
/// after slot, so that the columns of a tile read them as vectors and the rows as single values.
/// </summary>
internal sealed unsafe class ThresholdTable
{
    /// <summary>Nothing is above it: for lanes whose anchor has fewer slots than the group.</summary>
    public const uint Never = 0x7FFFFFFF;

    // From this on the flipped bits of a distance are: 0 is then the farthest, and what is excluded is no candidate.
    private const uint Flipped = 0x80000000;

    private readonly int* _groupStart;
    private readonly bool _hasFarthest;

    public ThresholdTable(ClassIndex classes, int lanes, SlotKind kind, NativeArena arena)
    {
        Lanes = lanes;
        Groups = (classes.AnchorCount + lanes - 1) / lanes;
        _hasFarthest = kind == SlotKind.FarthestAndBeyondPositives;
        _groupStart = arena.Allocate<int>(Groups + 1);
        _groupStart[0] = 0;
        for (int group = 0; group < Groups; group++)
        {
            int slots = kind == SlotKind.Nearest ? 1 : 0;
            int end = Math.Min((group + 1) * lanes, classes.AnchorCount);
            for (int anchor = group * lanes; anchor < end && kind != SlotKind.Nearest; anchor++)
                slots = Math.Max(slots, classes.Positives(anchor));
            _groupStart[group + 1] = _groupStart[group] + slots + (_hasFarthest && slots > 0 ? 1 : 0);
        }

        Length = (long)_groupStart[Groups] * lanes;
        Thresholds = arena.AllocateFilled(Length, kind == SlotKind.Nearest ? 0 : Never);
        for (int group = 0; group < Groups && _hasFarthest; group++)
        {
            if (Slots(group) > 0)
                new Span<uint>(Thresholds + GroupFirst(group), lanes).Fill(Flipped);
        }
    }

    public int Lanes { get; }

    public int Groups { get; }

    public long Length { get; }

    public uint* Thresholds { get; }

    /// <summary>How many slots the anchors of a group have at most.</summary>
    public int Slots(int group) => _groupStart[group + 1] - _groupStart[group];

    /// <summary>Where an anchor's first slot stands; the next is <see cref="Lanes"/> further.</summary>
    public long First(int anchor) => ((long)_groupStart[anchor / Lanes] * Lanes) + (anchor % Lanes);

    /// <summary>Where the slot of an anchor's first positive stands.</summary>
    public long FirstPositive(int anchor) => First(anchor) + (_hasFarthest ? Lanes : 0);

    public long GroupFirst(int group) => (long)_groupStart[group] * Lanes;

    /// <summary>The slots of the group that begins with an anchor; what is found goes where a block's results begin.</summary>
    public Slots Slots(int anchor, int blockStart, uint* excess, int* chosen)
    {
        long first = First(anchor), place = first - First(blockStart);
        return new(Thresholds + first, excess + place, chosen + place, Slots(anchor / Lanes), Lanes, _hasFarthest ? uint.MaxValue : 0);
    }

    /// <summary>How long the slots of some anchors are together, from the first of a group on.</summary>
    public long BlockLength(int anchor, int anchors) => GroupFirst(Math.Min((anchor + anchors) / Lanes, Groups)) - GroupFirst(anchor / Lanes);
}
