namespace TripletLoss;

/// <summary>
/// The gradient of blocks of weights of squared distances, Σ w (x − y) at both ends, by two products or what comes to the same. Sums of floats
/// depend on their order: blocks are added in turn.
/// </summary>
internal sealed unsafe class DenseGradient<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private const int PointsPerChunk = 64;

    private readonly SimdProblem _problem;
    private readonly ClassIndex _classes;
    private readonly WorkCrew _crew;
    private readonly CoordinatePanels<TWidth, TVector> _anchors;
    private readonly CoordinatePanels<TWidth, TVector> _references;

    public DenseGradient(in SimdProblem problem, ClassIndex classes, float* offset, WorkCrew crew, NativeArena arena)
    {
        _problem = problem;
        _classes = classes;
        _crew = crew;
        _references = new(problem.ReferenceCount, problem.Dimension, arena);
        _anchors = problem.MinesItself ? _references : new(problem.AnchorCount, problem.Dimension, arena);
        Pack(_references, problem.References, classes.ReferenceOrder, offset);
        if (!problem.MinesItself)
            Pack(_anchors, problem.Anchors, classes.AnchorOrder, offset);
    }

    /// <summary>The anchors in sorted order.</summary>
    public CoordinatePanels<TWidth, TVector> Anchors => _anchors;

    /// <summary>Adds weights to the sums of their anchors, which stand from a place on, and to those of their references, where there are such sums.</summary>
    public void Add(
        WeightBlock<TWidth, TVector> block, CoordinatePanels<TWidth, TVector>? anchorSums, int place, CoordinatePanels<TWidth, TVector>? referenceSums)
    {
        if (block.AreFew)
            SparseWeights<TWidth, TVector>.Add(block, _anchors, _references, anchorSums, place, referenceSums);
        else
            WeightProducts<TWidth, TVector>.Add(block, _anchors, _references, anchorSums, place, referenceSums);
        if (anchorSums is not null)
            block.AddAlikeToAnchors(_references, anchorSums, place);
        if (referenceSums is not null)
            block.AddAlikeToReferences(_anchors, referenceSums);
    }

    /// <summary>Makes the gradient of the sums, where there are any.</summary>
    public void Finish(CoordinatePanels<TWidth, TVector>? anchorSums, CoordinatePanels<TWidth, TVector>? referenceSums)
    {
        FinishRows(_problem.AnchorGradient, _anchors, _classes.AnchorOrder, anchorSums);
        if (!_problem.MinesItself)
            FinishRows(_problem.ReferenceGradient, _references, _classes.ReferenceOrder, referenceSums);
    }

    private void Pack(CoordinatePanels<TWidth, TVector> panels, float* points, int* order, float* offset) =>
        _crew.Run((panels.Count + PointsPerChunk - 1) / PointsPerChunk, (_, chunk) => panels.Pack(
            points, order, offset, chunk * PointsPerChunk, Math.Min((chunk + 1) * PointsPerChunk, panels.Count)));

    private void FinishRows(float* gradient, CoordinatePanels<TWidth, TVector> points, int* order, CoordinatePanels<TWidth, TVector>? sums)
    {
        if (sums is null)
            return;
        int dimension = _problem.Dimension, count = points.Count;
        _crew.Run((count + PointsPerChunk - 1) / PointsPerChunk, (_, chunk) =>
        {
            for (int position = chunk * PointsPerChunk; position < Math.Min((chunk + 1) * PointsPerChunk, count); position++)
                sums.AddDifference(position, points, position, gradient + ((long)order[position] * dimension));
        });
    }
}
