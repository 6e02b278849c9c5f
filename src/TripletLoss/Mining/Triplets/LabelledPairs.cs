namespace TripletLoss;

/// <summary>The pairs of a batch by their labels: how many there are, and some or all of them.</summary>
internal sealed class LabelledPairs
{
    // A report takes all pairs of a small batch, and of a larger one so many that a percentile is within one of it.
    private const long FewPairs = 1 << 12;
    private const int SampledPairs = 1 << 11;

    private readonly int[] _order;
    private readonly int[] _start;
    private readonly int[] _end;
    private readonly int[] _own;
    private readonly long[] _positivesBefore;
    private readonly long[] _negativesBefore;

    public unsafe LabelledPairs(MiningProblem problem)
    {
        long[] labels = HostCopy.Of<long>(problem.Labels), references = problem.ReferenceLabels is { } others ? HostCopy.Of<long>(others) : labels;
        var copies = problem.SelfIndices is { } indices ? HostCopy.Of<long>(indices) : [];
        using NativeArena arena = new();
        fixed (long* anchorLabels = labels, referenceLabels = references, selfIndices = copies)
        {
            ClassIndex classes = new(
                new()
                {
                    AnchorCount = labels.Length,
                    ReferenceCount = references.Length,
                    MinesItself = problem.References is null,
                    AnchorLabels = anchorLabels,
                    ReferenceLabels = referenceLabels,
                    SelfIndices = selfIndices,
                }, arena);
            _order = new Span<int>(classes.ReferenceOrder, references.Length).ToArray();
            (_start, _end, _own) = (new int[labels.Length], new int[labels.Length], new int[labels.Length]);
            for (var place = 0; place < labels.Length; place++)
            {
                var anchor = classes.AnchorOrder[place];
                (_start[anchor], _end[anchor], _own[anchor]) = (classes.Start[place], classes.End[place], classes.Self[place]);
            }
        }

        (_positivesBefore, _negativesBefore) = (new long[labels.Length + 1], new long[labels.Length + 1]);
        for (var anchor = 0; anchor < labels.Length; anchor++)
        {
            var (positives, negatives) = (Positives(anchor), references.Length - (_end[anchor] - _start[anchor]));
            _positivesBefore[anchor + 1] = _positivesBefore[anchor] + positives;
            _negativesBefore[anchor + 1] = _negativesBefore[anchor] + negatives;
            AnchorsWithoutPositive += positives == 0 ? 1 : 0;
            AnchorsWithoutNegative += negatives == 0 ? 1 : 0;
            Triplets += (long)positives * negatives;
        }
    }

    public long AnchorsWithoutPositive { get; }

    public long AnchorsWithoutNegative { get; }

    public long Triplets { get; }

    /// <summary>The number of ordered pairs (anchor, positive).</summary>
    public long PositiveCount => _positivesBefore[^1];

    /// <summary>The number of ordered pairs (anchor, negative).</summary>
    public long NegativeCount => _negativesBefore[^1];

    /// <summary>Anchors and positives, by index.</summary>
    public (long[] Anchors, long[] Others) SamplePositives() => Sample(_positivesBefore, Positive);

    /// <summary>Anchors and negatives, by index.</summary>
    public (long[] Anchors, long[] Others) SampleNegatives() =>
        Sample(_negativesBefore, Negative);

    /// <summary>Fills a row with different positives of an anchor, as many as there are.</summary>
    public void DrawPositives(int anchor, SplitMix64 random, long[] row)
    {
        var slots = new HashSet<int>();
        var (count, wanted) = (Positives(anchor), Math.Min(Positives(anchor), row.Length));
        // Floyd's way: each set of slots is as likely as any other.
        for (var last = count - wanted; last < count; last++)
        {
            var slot = random.Next(last + 1);
            slots.Add(slots.Contains(slot) ? last : slot);
        }

        var place = 0;
        foreach (var slot in slots)
            row[place++] = Positive(anchor, slot);
    }

    /// <summary>Fills a row with negatives of an anchor, if it has any; one may come twice.</summary>
    public void DrawNegatives(int anchor, SplitMix64 random, long[] row)
    {
        var count = (int)(_negativesBefore[anchor + 1] - _negativesBefore[anchor]);
        for (var place = 0; place < row.Length && count > 0; place++)
            row[place] = Negative(anchor, random.Next(count));
    }

    private int Positive(int anchor, int slot)
    {
        var place = _start[anchor] + slot;
        return _order[_own[anchor] >= 0 && place >= _own[anchor] ? place + 1 : place];
    }

    private int Negative(int anchor, int slot) => _order[slot < _start[anchor] ? slot : slot + _end[anchor] - _start[anchor]];

    private int Positives(int anchor) => _end[anchor] - _start[anchor] - (_own[anchor] >= 0 ? 1 : 0);

    // One at random from each of equal shares of the pairs in their order: no pair twice, always the same.
    private static (long[] Anchors, long[] Others) Sample(long[] before, Func<int, int, int> other)
    {
        var count = before[^1];
        var taken = (int)(count <= FewPairs ? count : SampledPairs);
        var (anchors, others) = (new long[taken], new long[taken]);
        var random = new SplitMix64(0, taken, 0);
        for (int i = 0, anchor = 0; i < taken; i++)
        {
            var (first, next) = (i * count / taken, (i + 1) * count / taken);
            var pair = first + (long)Math.BigMul(random.Next(), (ulong)(next - first), out _);
            while (before[anchor + 1] <= pair)
                anchor++;
            (anchors[i], others[i]) = (anchor, other(anchor, (int)(pair - before[anchor])));
        }

        return (anchors, others);
    }
}
