namespace TripletLoss;

/// <summary>
/// The gradient of a dense tile of weights of squared distances, Σ w (x − y) at both ends, by two products. Sums of floats
/// depend on their order: each lane is a fixed share of the tiles, and the lanes are added up in their order.
/// </summary>
internal sealed unsafe class DenseGradient<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private const long MostLaneFloats = 5L << 20;
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

    /// <summary>Two a worker, so that one who comes late finds something to do, unless that takes too much memory.</summary>
    public static int Lanes(in SimdProblem problem, WorkCrew crew)
    {
        long points = problem.MinesItself ? problem.AnchorCount : (long)problem.ReferenceCount + problem.AnchorCount;
        long floats = points * problem.Dimension;
        return floats * 2 * crew.MaximumWorkers <= MostLaneFloats ? 2 * crew.MaximumWorkers : crew.MaximumWorkers;
    }

    /// <summary>Adds a tile of weights to the sums of its rows and, if wanted, of its columns.</summary>
    public void Add(
        float* weights, int stride, int row, int rows, int column, int columns,
        CoordinatePanels<TWidth, TVector> anchorSums, CoordinatePanels<TWidth, TVector>? referenceSums, int anchorOffset = 0)
    {
        WeightProducts<TWidth, TVector>.AddRows(
            weights, stride, rows, column, columns, _references, anchorSums, row - anchorOffset);
        if (referenceSums is not null)
            WeightProducts<TWidth, TVector>.AddColumns(weights, stride, row, rows, column, columns, _anchors, referenceSums);
    }

    /// <summary>Adds the lanes to what is there.</summary>
    public void Finish(CoordinatePanels<TWidth, TVector>?[] anchorLanes, CoordinatePanels<TWidth, TVector>?[] referenceLanes)
    {
        FinishRows(_problem.AnchorGradient, _anchors, _classes.AnchorOrder, anchorLanes);
        if (!_problem.MinesItself && _problem.ReferenceGradient != null)
        {
            FinishRows(_problem.ReferenceGradient, _references, _classes.ReferenceOrder, referenceLanes);
        }
    }

    private void Pack(CoordinatePanels<TWidth, TVector> panels, float* points, int* order, float* offset) =>
        _crew.Run((panels.Count + PointsPerChunk - 1) / PointsPerChunk, (_, chunk) => panels.Pack(
            points, order, offset, chunk * PointsPerChunk, Math.Min((chunk + 1) * PointsPerChunk, panels.Count)));

    private void FinishRows(
        float* gradient, CoordinatePanels<TWidth, TVector> points, int* order, CoordinatePanels<TWidth, TVector>?[] lanes)
    {
        int dimension = _problem.Dimension, count = points.Count;
        _crew.Run((count + PointsPerChunk - 1) / PointsPerChunk, (_, chunk) =>
        {
            for (int position = chunk * PointsPerChunk; position < Math.Min((chunk + 1) * PointsPerChunk, count); position++)
            {
                long offset = (long)order[position] * dimension;
                foreach (CoordinatePanels<TWidth, TVector>? lane in lanes)
                    lane?.AddDifference(position, points, position, gradient + offset);
            }
        });
    }
}
