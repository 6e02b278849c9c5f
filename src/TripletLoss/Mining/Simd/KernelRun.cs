namespace TripletLoss;

/// <summary>One call of the kernel at one vector width.</summary>
internal static unsafe class KernelRun<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    /// <summary>What is chosen among is only compared; what is chosen enters the loss from differences anyway.</summary>
    private const float CloseInTheChoice = 1e-4f;

    /// <summary>Where the tile's own distances enter the loss.</summary>
    private const float CloseInTheValue = 1e-2f;

    public static void Run(ref SimdProblem problem, int threads)
    {
        using NativeArena arena = new();
        using WorkCrew crew = new(threads);
        ClassIndex classes = new(problem, arena);
        PackedDistances<TWidth, TVector> tiles = Pack(problem, classes, crew, arena);
        problem.Choices?.Prepare(classes, problem.Rule == MiningRule.Hard);
        if (UsesRows(problem, classes))
        {
            problem.TermCount = TermCounts.Of(problem, classes);
            problem.ActiveCount = new RowMining<TWidth, TVector>(problem, classes, tiles, crew, arena).Run();
            return;
        }

        if (problem.Rule == MiningRule.BatchAll)
        {
            problem.TermCount = TermCounts.Of(problem, classes);
            problem.ActiveCount = new TileBatchAll<TWidth, TVector>(problem, classes, tiles, crew, arena).Run();
            return;
        }

        TripletTerms terms = new ThresholdMining<TWidth, TVector>(problem, classes, tiles, crew, arena).Mine();
        problem.TermCount = terms.Count;
        problem.ActiveCount = new HingeLosses<TWidth, TVector>(problem, classes, terms, crew).Run();
        if (problem.WantsGradient)
            new SparseGradient<TWidth, TVector>(problem, classes, terms, crew, arena).Run();
    }

    /// <summary>Whether whole sorted rows cost less than every threshold against every distance.</summary>
    private static bool UsesRows(in SimdProblem problem, ClassIndex classes)
    {
        const long PositivesForRows = 256;
        return problem.Rule != MiningRule.Hard
            && classes.PairCount > (SimdKernel.PositivesForRows ?? PositivesForRows) * problem.AnchorCount;
    }

    private static PackedDistances<TWidth, TVector> Pack(
        in SimdProblem problem, ClassIndex classes, WorkCrew crew, NativeArena arena)
    {
        float close = problem.Rule == MiningRule.BatchAll || UsesRows(problem, classes) ? CloseInTheValue : CloseInTheChoice;
        PackedPoints<TWidth, TVector> columns = new(
            problem.References, classes.ReferenceOrder, problem.ReferenceCount, problem.Dimension, arena);
        crew.Run(columns.PanelCount, (_, panel) => columns.PackPanel(panel));
        if (problem.MinesItself)
            return new(columns, columns, classes, close);
        PackedPoints<TWidth, TVector> rows = new(
            problem.Anchors, classes.AnchorOrder, problem.AnchorCount, problem.Dimension, arena);
        crew.Run(rows.PanelCount, (_, panel) => rows.PackPanel(panel));
        return new(rows, columns, classes, close);
    }
}
