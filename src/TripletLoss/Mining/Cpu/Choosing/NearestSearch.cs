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

        _best = new TileSearch<TWidth, TVector>(tiles, _table, crew, arena).Run();
    }

    /// <summary>Writes the terms of an anchor.</summary>
    public void ReadOff(int anchor)
    {
        if (_hard)
            WriteHard(Terms, anchor, _hardest[anchor], _best!.Chosen[_table!.First(anchor)]);
        else
            WriteSemiHard(Terms, anchor, _best!, _table!);
    }

    private void WriteHard(TripletTerms terms, int anchor, int positive, int negative)
    {
        terms.Positive[anchor] = positive < 0 ? -1 : classes.ReferenceOrder[positive];
        terms.Negative[anchor] = negative == int.MaxValue ? -1 : negative;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteSemiHard(TripletTerms terms, int anchor, Candidates best, ThresholdTable table)
    {
        long first = table.FirstPositive(anchor);
        long term = terms.Start[anchor];
        for (int slot = 0; slot < classes.Positives(anchor); slot++, term++)
        {
            int chosen = best.Chosen[first + ((long)slot * table.Lanes)];
            terms.Positive[term] = classes.ReferenceOrder[classes.PositiveAt(anchor, slot)];
            terms.FellBack[term] = chosen == int.MaxValue;
            if (chosen == int.MaxValue)
                chosen = best.Chosen[table.First(anchor)];
            terms.Negative[term] = chosen == int.MaxValue ? -1 : chosen;
        }
    }
}
