namespace TripletLoss;

/// <summary>
/// For many positives a class: whole rows of distances, sorted, and the gradient from a dense tile of weights by two
/// products. A lane of row blocks is one chunk of work, so that its sums have a fixed order.
/// </summary>
internal sealed unsafe class ManyPositivesPass<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private const long StripFloats = 1 << 18;
    private const int MostRows = 96;
    private const int FewestRows = 16;

    private readonly SimdProblem _problem;
    private readonly ClassIndex _classes;
    private readonly PackedDistances<TWidth, TVector> _tiles;
    private readonly WorkCrew _crew;
    private readonly NativeArena _arena;
    private readonly bool _wantsGradient;
    private readonly int _blockRows;
    private readonly int _stride;
    private readonly CoordinatePanels<TWidth, TVector>?[] _lanes;
    private readonly RowWorkspace<TWidth, TVector>?[] _workspaces;
    private DenseGradient<TWidth, TVector>? _gradient;
    private ClosePairs<TWidth, TVector>? _closePairs;
    private long _active;

    public ManyPositivesPass(
        in SimdProblem problem, ClassIndex classes, PackedDistances<TWidth, TVector> tiles, WorkCrew crew, NativeArena arena)
    {
        _problem = problem;
        _classes = classes;
        _tiles = tiles;
        _crew = crew;
        _arena = arena;
        _wantsGradient = problem.WantsGradient;

        _stride = tiles.RowStride;
        int whole = (int)Math.Clamp(StripFloats / _stride, FewestRows, MostRows) / FewestRows * FewestRows;
        // Its sums have a row each: no more than there are.
        _blockRows = Math.Min(whole, (problem.AnchorCount + Rows - 1) / Rows * Rows);
        _lanes = new CoordinatePanels<TWidth, TVector>?[Math.Min(DenseGradient<TWidth, TVector>.Lanes(problem, crew), Blocks)];
        _workspaces = new RowWorkspace<TWidth, TVector>?[crew.MaximumWorkers];
    }

    private static int Rows => MicroKernel<TWidth, TVector>.Rows;

    private int Blocks => (_classes.AnchorCount + _blockRows - 1) / _blockRows;

    private bool WantsReferences => _problem.MinesItself || _problem.ReferenceGradient != null;

    /// <summary>Writes the sums and the gradient; returns the number of active terms.</summary>
    public long Run()
    {
        if (_wantsGradient)
        {
            _gradient = new(_problem, _classes, _tiles.Offset, _crew, _arena);
            _closePairs = new(_problem, _classes, _tiles);
        }

        int lanes = _lanes.Length;
        _crew.Run(lanes, (worker, lane) =>
        {
            if (_wantsGradient && WantsReferences)
                _lanes[lane] = new(_problem.ReferenceCount, _problem.Dimension, _arena);
            for (int block = (int)((long)lane * Blocks / lanes); block < (int)((lane + 1L) * Blocks / lanes); block++)
                MineBlock(worker, _lanes[lane], block);
        });
        _gradient?.Finish(_problem.MinesItself ? _lanes : [], _lanes);
        return _active;
    }

    private void MineBlock(int worker, CoordinatePanels<TWidth, TVector>? lane, int block)
    {
        RowWorkspace<TWidth, TVector> workspace =
            _workspaces[worker] ??= new(_problem, _classes, _tiles.Columns.Originals, _blockRows, _stride, _arena);
        int row = block * _blockRows;
        int rows = Math.Min(_blockRows, _classes.AnchorCount - row);
        float* strip = workspace.Strip;
        _tiles.Fill(row, rows, 0, _tiles.Columns.PanelCount, strip, _stride, upper: false, ownClass: true);
        long active = 0;
        workspace.RowSums.Clear();
        for (int i = 0; i < rows; i++)
        {
            float* distances = strip + ((nint)i * _stride);
            if (_closePairs is not null)
                workspace.KeepSquared(distances);
            active += workspace.Mine(row + i, distances);
            if (!_tiles.Zeros.IsEmpty)
                _tiles.Zeros.Overwrite(0, row + i, 1, 0, _classes.ReferenceCount, distances, _stride);
            _closePairs?.Move(workspace.Squared, distances, row + i, 0, _classes.ReferenceCount, workspace.RowSums, i, lane);
        }
        Interlocked.Add(ref _active, active);
        if (_gradient is not null)
            AddGradient(_gradient, workspace, lane, row, rows);
    }

    /// <summary>The rows of a block belong to it alone; what it adds to the references goes to its lane.</summary>
    private void AddGradient(
        DenseGradient<TWidth, TVector> gradient, RowWorkspace<TWidth, TVector> workspace,
        CoordinatePanels<TWidth, TVector>? lane, int row, int rows)
    {
        CoordinatePanels<TWidth, TVector> sums = workspace.RowSums;
        gradient.Add(workspace.Strip, _stride, row, rows, 0, _classes.ReferenceCount, sums, lane, anchorOffset: row);
        for (int i = 0; i < rows; i++)
        {
            long offset = (long)_classes.AnchorOrder[row + i] * _problem.Dimension;
            sums.AddDifference(i, gradient.Anchors, row + i, _problem.AnchorGradient + offset);
        }
    }
}
