using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Anchors and references sorted by label (stably, so that within a class the original order stays): then the
/// positives of an anchor are one range of references, and excluding its class from its negatives is a fill.
/// </summary>
internal sealed unsafe class ClassIndex
{
    public ClassIndex(in SimdProblem problem, NativeArena arena)
    {
        AnchorCount = problem.AnchorCount;
        ReferenceCount = problem.ReferenceCount;
        ReferenceOrder = LabelSort.Order(problem.ReferenceLabels, ReferenceCount, arena);
        AnchorOrder = problem.MinesItself ? ReferenceOrder : LabelSort.Order(problem.AnchorLabels, AnchorCount, arena);
        Start = arena.Allocate<int>(AnchorCount);
        End = arena.Allocate<int>(AnchorCount);
        Self = arena.Allocate<int>(AnchorCount);
        FindRanges(problem.AnchorLabels, problem.ReferenceLabels);
        FindSelves(problem, arena);
        CountPairs(arena);
    }

    public bool MinesItself => AnchorOrder == ReferenceOrder;

    public int AnchorCount { get; }

    public int ReferenceCount { get; }

    /// <summary>The original index of each sorted anchor.</summary>
    public int* AnchorOrder { get; }

    /// <summary>The original index of each sorted reference.</summary>
    public int* ReferenceOrder { get; }

    /// <summary>For each sorted anchor, the first sorted reference of its class.</summary>
    public int* Start { get; }

    /// <summary>For each sorted anchor, one past the last sorted reference of its class.</summary>
    public int* End { get; }

    /// <summary>For each sorted anchor, its own copy among the sorted references, or −1.</summary>
    public int* Self { get; }

    /// <summary>For each sorted anchor, the number of ordered pairs of those before it.</summary>
    public long* PairStart { get; private set; }

    public long PairCount => PairStart[AnchorCount];

    public int MaximumPositives { get; private set; }

    public int Positives(int anchor) => (int)(PairStart[anchor + 1] - PairStart[anchor]);

    /// <summary>The sorted reference that is a positive's slot among an anchor's positives: the class without its own copy.</summary>
    public int PositiveAt(int anchor, int slot)
    {
        int position = Start[anchor] + slot;
        return Self[anchor] >= 0 && position >= Self[anchor] ? position + 1 : position;
    }

    /// <summary>How many positives of an anchor stand before its own copy; all, where there is none.</summary>
    public int PositivesBefore(int anchor) => Self[anchor] < 0 ? Positives(anchor) : Self[anchor] - Start[anchor];

    /// <summary>Copies what is in the places of an anchor's positives.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="row">Something for each sorted reference.</param>
    /// <param name="target">Room for each positive.</param>
    public void CopyPositives<T>(int anchor, T* row, T* target)
        where T : unmanaged
    {
        int before = PositivesBefore(anchor), after = Positives(anchor) - before;
        new Span<T>(row + Start[anchor], before).CopyTo(new(target, before));
        new Span<T>(row + End[anchor] - after, after).CopyTo(new(target + before, after));
    }

    /// <summary>The slot of a sorted reference that is a positive of an anchor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SlotOf(int anchor, int position) => position - Start[anchor] - (Self[anchor] >= 0 && position > Self[anchor] ? 1 : 0);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindRanges(long* anchorLabels, long* referenceLabels)
    {
        int start = 0, end = 0;
        for (int anchor = 0; anchor < AnchorCount; anchor++)
        {
            long label = anchorLabels[AnchorOrder[anchor]];
            if (anchor == 0 || label != anchorLabels[AnchorOrder[anchor - 1]])
            {
                start = end;
                while (start < ReferenceCount && LabelSort.Precedes(referenceLabels[ReferenceOrder[start]], label))
                    start++;
                end = start;
                while (end < ReferenceCount && referenceLabels[ReferenceOrder[end]] == label)
                    end++;
            }

            Start[anchor] = start;
            End[anchor] = end;
        }
    }

    private void FindSelves(in SimdProblem problem, NativeArena arena)
    {
        if (problem.MinesItself || problem.SelfIndices == null)
        {
            for (int anchor = 0; anchor < AnchorCount; anchor++)
                Self[anchor] = problem.MinesItself ? anchor : -1;
            return;
        }

        int* place = arena.Allocate<int>(ReferenceCount);
        for (int reference = 0; reference < ReferenceCount; reference++)
            place[ReferenceOrder[reference]] = reference;
        for (int anchor = 0; anchor < AnchorCount; anchor++)
        {
            long own = problem.SelfIndices[AnchorOrder[anchor]];
            int position = own >= 0 && own < ReferenceCount ? place[own] : -1;
            Self[anchor] = position >= Start[anchor] && position < End[anchor] ? position : -1;
        }
    }

    private void CountPairs(NativeArena arena)
    {
        PairStart = arena.Allocate<long>(AnchorCount + 1);
        PairStart[0] = 0;
        for (int anchor = 0; anchor < AnchorCount; anchor++)
        {
            int positives = End[anchor] - Start[anchor] - (Self[anchor] >= 0 ? 1 : 0);
            MaximumPositives = Math.Max(MaximumPositives, positives);
            PairStart[anchor + 1] = PairStart[anchor] + positives;
        }
    }
}
