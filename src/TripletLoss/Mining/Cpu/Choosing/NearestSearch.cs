using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>Semi-hard and hard by brute force: mines tiles and reads off each term's triplet.</summary>
internal sealed unsafe class NearestSearch<TWidth, TVector>(
    SimdProblem problem, ClassIndex classes, PackedDistances<TWidth, TVector> tiles, WorkCrew crew, NativeArena arena)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private const int AnchorsPerChunk = 256;

    private readonly bool _hard = problem.Rule == RuleKind.Hard;

    public TripletTerms Mine()
    {
        ThresholdTable table = new(classes, TWidth.Lanes, _hard ? SlotKind.Nearest : SlotKind.FarthestAndBeyondPositives, arena);
        PositiveDistances<TWidth, TVector> positives = new(tiles, classes, crew);
        int* hardest = null;
        if (_hard)
        {
            hardest = arena.AllocateFilled(classes.AnchorCount, -1);
            positives.FillHardest(hardest, arena.Allocate<uint>(classes.AnchorCount));
        }
        else
        {
            positives.FillThresholds(table);
        }

        Candidates best = new TileSearch<TWidth, TVector>(tiles, table, crew, arena).Run();
        TripletTerms terms = TripletTerms.Of(classes, _hard, arena);
        crew.Run((classes.AnchorCount + AnchorsPerChunk - 1) / AnchorsPerChunk, (_, chunk) =>
        {
            for (int anchor = chunk * AnchorsPerChunk; anchor < Math.Min((chunk + 1) * AnchorsPerChunk, classes.AnchorCount); anchor++)
            {
                if (_hard)
                    WriteHard(terms, anchor, hardest[anchor], best.Chosen[table.First(anchor)]);
                else
                    WriteSemiHard(terms, anchor, best, table);
            }
        });
        return terms;
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
