using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>Semi-hard and hard by brute force: mines tiles, then each term is read off.</summary>
internal sealed unsafe class NearestSearch<TWidth, TVector>(
    SimdProblem problem, ClassIndex classes, PackedDistances<TWidth, TVector> tiles, WorkCrew crew, NativeArena arena)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private readonly bool _hard = problem.Rule == RuleKind.Hard;
    private ThresholdTable? _table;
    private Candidates? _best;
    private int* _hardest;

    /// <summary>What is chosen, once <see cref="ReadOff"/> has read it.</summary>
    public TripletTerms Terms { get; } = TripletTerms.Of(classes, problem.Rule == RuleKind.Hard, arena);

    /// <summary>Mines all anchors.</summary>
    public void Mine()
    {
        _table = new(classes, TWidth.Lanes, _hard ? SlotKind.Nearest : SlotKind.FarthestAndBeyondPositives, arena);
        PositiveDistances<TWidth, TVector> positives = new(tiles, classes, crew);
        if (_hard)
        {
            _hardest = arena.AllocateFilled(classes.AnchorCount, -1);
            positives.FillHardest(_hardest, arena.Allocate<uint>(classes.AnchorCount));
        }
        else
        {
            positives.FillThresholds(_table);
        }

        _best = new TileSearch<TWidth, TVector>(classes, tiles, _table, crew, arena).Run();
    }

    /// <summary>Writes the terms of an anchor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ReadOff(int anchor)
    {
        ThresholdTable table = _table!;
        int* chosen = _best!.Chosen;
        long term = Terms.Start[anchor], first = table.First(anchor);
        if (_hard)
        {
            Terms.Positive[term] = _hardest[anchor] < 0 ? -1 : classes.ReferenceOrder[_hardest[anchor]];
            Terms.Negative[term] = IndexOf(chosen[first]);
            return;
        }

        long place = table.FirstPositive(anchor);
        int count = classes.Positives(anchor), step = table.Lanes;
        int* positives = Terms.Positive + term, negatives = Terms.Negative + term;
        bool* fellBack = Terms.FellBack + term;
        classes.CopyPositives(anchor, classes.ReferenceOrder, positives);
        for (int slot = 0; slot < count; slot++, place += step)
        {
            // The first slot has the farthest. Anchors without positives may have none.
            fellBack[slot] = chosen[place] == int.MaxValue;
            negatives[slot] = IndexOf(chosen[fellBack[slot] ? first : place]);
        }
    }

    private static int IndexOf(int chosen) => chosen == int.MaxValue ? -1 : chosen;
}
