namespace TripletLoss;

/// <summary>One call of the kernel at one vector width.</summary>
internal static unsafe class KernelRun<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    /// <summary>What is chosen among is only compared; what is chosen enters the loss from differences anyway.</summary>
    private const float CloseInTheChoice = 1e-4f;

    /// <summary>Where the tile's own distances enter the loss.</summary>
    private const float CloseInTheValue = 2e-2f;

    // Of |x|²: beyond, a square or a sum of a tile's ranked distances overflows in float32, or loses its digits at the other end.
    private const float SmallestNorm = 1e-30f;
    private const float LargestNorm = 1e30f;

    /// <summary>Mines, unless float32 cannot tell.</summary>
    public static KernelAnswer Run(ref SimdProblem problem, WorkCrew crew, NativeArena arena)
    {
        ClassIndex classes = new(problem, arena);
        if (problem.Kept is { Positives: { } positives, Negatives: { } negatives })
        {
            TripletTerms chosen = TripletTerms.Of(classes, problem.Rule == RuleKind.Hard, arena);
            chosen.Take(positives, negatives);
            Value(ref problem, classes, chosen, null, crew, arena);
            return KernelAnswer.Done;
        }

        MiningWay way = MiningWays.Of(problem, classes);
        PackedDistances<TWidth, TVector> tiles = Pack(problem, classes, way, crew, arena);
        if (!NormsFit(tiles.Rows, tiles.Columns))
            return AreFinite(problem) ? KernelAnswer.OutOfRange : KernelAnswer.NotFinite;
        if (problem.Rule == RuleKind.Hard)
            problem.Choices?.Prepare(crew.MaximumWorkers, classes.AnchorCount, 1);
        else
            problem.Choices?.Prepare(crew.MaximumWorkers, classes.PairCount, classes.MaximumPositives);
        if (way == MiningWay.Rows)
        {
            problem.TermCount = TermCounts.Of(problem, classes);
            bool mines = problem.Kept?.Columns is null;
            if (mines && problem.Rule == RuleKind.SemiHard)
                problem.Kept?.KeepColumns(classes.PairCount);
            problem.ActiveCount = new ManyPositivesPass<TWidth, TVector>(problem, classes, tiles, crew, arena).Run(mines);
            return KernelAnswer.Done;
        }

        if (problem.Rule == RuleKind.BatchAll)
        {
            problem.TermCount = TermCounts.Of(problem, classes);
            problem.ActiveCount = new BatchAllPass<TWidth, TVector>(problem, classes, tiles, crew, arena).Run();
            return KernelAnswer.Done;
        }

        NearestSearch<TWidth, TVector> search = new(problem, classes, tiles, crew, arena);
        search.Mine();
        Value(ref problem, classes, search.Terms, search.ReadOff, crew, arena);
        if (problem.Kept is { } kept)
            search.Terms.KeepIn(kept);
        return KernelAnswer.Done;
    }

    private static void Value(ref SimdProblem problem, ClassIndex classes, TripletTerms terms, Action<int>? readOff, WorkCrew crew, NativeArena arena)
    {
        problem.TermCount = terms.Count;
        problem.ActiveCount = new HingeLosses<TWidth, TVector>(problem, classes, terms, crew).Run(readOff);
        if (problem.WantsGradient)
            new SparseGradient<TWidth, TVector>(problem, classes, terms, crew, arena).Run();
    }

    // NaN fits nowhere. Where all points coincide every square is 0, and right.
    private static bool NormsFit(PackedPoints<TWidth, TVector> rows, PackedPoints<TWidth, TVector> columns)
    {
        float largest = MathF.Max(rows.LargestNorm(), columns.LargestNorm());
        return largest is >= SmallestNorm and <= LargestNorm || (largest == 0 && !rows.HasNonZero() && !columns.HasNonZero());
    }

    private static bool AreFinite(in SimdProblem problem) =>
        AreFinite(problem.Anchors, (long)problem.AnchorCount * problem.Dimension) && AreFinite(problem.References, (long)problem.ReferenceCount * problem.Dimension);

    private static bool AreFinite(float* values, long count)
    {
        for (long i = 0; i < count; i++)
        {
            if (!float.IsFinite(values[i]))
                return false;
        }

        return true;
    }

    private static PackedDistances<TWidth, TVector> Pack(
        in SimdProblem problem, ClassIndex classes, MiningWay way, WorkCrew crew, NativeArena arena)
    {
        float close = problem.Rule == RuleKind.BatchAll || way == MiningWay.Rows ? CloseInTheValue : CloseInTheChoice;
        // Directions have lost theirs.
        float* offset = problem.ReferenceScales != null
            ? arena.AllocateZeroed<float>(problem.Dimension)
            : CommonOffset<TWidth, TVector>.Of(problem.References, problem.ReferenceCount, problem.Dimension, crew, arena);
        PackedPoints<TWidth, TVector> columns = new(
            problem.References, classes.ReferenceOrder, offset, problem.ReferenceCount, problem.Dimension, arena);
        crew.Run(columns.PanelCount, (_, panel) => columns.PackPanel(panel));
        if (problem.MinesItself)
            return new(problem, columns, columns, classes, offset, close);
        PackedPoints<TWidth, TVector> rows = new(
            problem.Anchors, classes.AnchorOrder, offset, problem.AnchorCount, problem.Dimension, arena);
        crew.Run(rows.PanelCount, (_, panel) => rows.PackPanel(panel));
        return new(problem, rows, columns, classes, offset, close);
    }
}
