namespace TripletLoss;

/// <summary>
/// For many positives a class: whole rows of distances, sorted, and the gradient from a dense tile of weights by two
/// products. Blocks of rows are mined side by side and add to the sums of the references in turn.
/// </summary>
internal sealed unsafe class ManyPositivesPass<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private const long StripFloats = 1 << 18;
    private const int MostRows = 64;
    private const int FewestRows = 16;

    /// <summary>Whole blocks of the product at every width: so many references at a time are added to by one worker.</summary>
    private const int ReferencesPerTurn = 960;

    private readonly SimdProblem _problem;
    private readonly ClassIndex _classes;
    private readonly PackedDistances<TWidth, TVector> _tiles;
    private readonly WorkCrew _crew;
    private readonly NativeArena _arena;
    private readonly bool _wantsGradient;
    private readonly int _blockRows;
    private readonly int _stride;
    private readonly CoordinatePanels<TWidth, TVector>? _referenceSums;
    private readonly Turns _turns;
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
        _turns = new(Shares);
        _referenceSums = _wantsGradient && WantsReferences ? new(problem.ReferenceCount, problem.Dimension, arena) : null;
        _workspaces = new RowWorkspace<TWidth, TVector>?[crew.MaximumWorkers];
    }

    private static int Rows => MicroKernel<TWidth, TVector>.Rows;

    private int Blocks => (_classes.AnchorCount + _blockRows - 1) / _blockRows;

    private int Shares => (_classes.ReferenceCount + ReferencesPerTurn - 1) / ReferencesPerTurn;

    private bool WantsReferences => _problem.MinesItself || _problem.ReferenceGradient != null;

    /// <summary>Writes the sums and the gradient; returns the number of active terms.</summary>
    /// <param name="mines">Whether there is still to choose, to be kept where there is room; if not, the choices are there.</param>
    public long Run(bool mines)
    {
        if (_wantsGradient)
        {
            _problem.ClearGradients();
            _gradient = new(_problem, _classes, _tiles.Offset, _crew, _arena);
            _closePairs = new(_problem, _classes, _tiles);
        }

        fixed (int* kept = _problem.Chosen?.Columns)
        {
            KeptColumns columns = new(_classes, kept, mines);
            _crew.Run(
                Blocks,
                (worker, block) => MineBlock(_workspaces[worker] ??= new(_problem, _classes, columns, _classes.ReferenceOrder, _blockRows, _stride, Shares, worker, _arena), block),
                _turns);
        }

        _gradient?.Finish(_problem.MinesItself ? _referenceSums : null, _referenceSums);
        return _active;
    }

    private void MineBlock(RowWorkspace<TWidth, TVector> workspace, int block)
    {
        int row = block * _blockRows;
        int rows = Math.Min(_blockRows, _classes.AnchorCount - row);
        float* strip = workspace.Strip;
        _tiles.Fill(row, rows, 0, _tiles.Columns.PanelCount, strip, _stride, upper: false, ownClass: true);
        long active = 0;
        foreach (List<ClosePair> pairs in workspace.ClosePairs)
            pairs.Clear();
        for (int i = 0; i < rows; i++)
        {
            float* distances = strip + ((nint)i * _stride);
            if (_closePairs is not null)
                workspace.KeepSquared(distances);
            active += workspace.Mine(row + i, distances);
            if (!_tiles.Zeros.IsEmpty)
                _tiles.Zeros.Overwrite(0, row + i, 1, 0, _classes.ReferenceCount, distances, _stride);
            for (int share = 0; share < Shares && _closePairs is not null; share++)
            {
                int column = share * ReferencesPerTurn;
                _closePairs.Move(workspace.Squared + column, distances + column, row + i, column, ReferencesIn(share), workspace.ClosePairs[share]);
            }
        }
        Interlocked.Add(ref _active, active);
        if (_gradient is null)
            return;
        AddToAnchors(_gradient, workspace, row, rows);
        for (int share = 0; share < Shares && _referenceSums is not null; share++)
        {
            _turns.Await(share, block);
            AddToReferences(_gradient, workspace, share, row, rows, _referenceSums);
            _turns.Pass(share);
        }
    }

    private int ReferencesIn(int share) => Math.Min(ReferencesPerTurn, _classes.ReferenceCount - (share * ReferencesPerTurn));

    // The rows of a block belong to it alone.
    private void AddToAnchors(DenseGradient<TWidth, TVector> gradient, RowWorkspace<TWidth, TVector> workspace, int row, int rows)
    {
        CoordinatePanels<TWidth, TVector> sums = workspace.RowSums;
        OwnClassWeights<TWidth, TVector> own = workspace.OwnClass;
        sums.Clear();
        own.Look(workspace.Strip, _stride, row, rows);
        gradient.AddRows(workspace.Strip, _stride, rows, 0, own.From, sums, 0);
        gradient.AddRows(workspace.Strip + own.To, _stride, rows, own.To, _classes.ReferenceCount - own.To, sums, 0);
        own.AddToAnchors(gradient.References, sums, rows);
        foreach (List<ClosePair> pairs in workspace.ClosePairs)
            _closePairs!.AddToAnchors(pairs, sums, row);
        for (int i = 0; i < rows; i++)
        {
            long offset = (long)_classes.AnchorOrder[row + i] * _problem.Dimension;
            sums.AddDifference(i, gradient.Anchors, row + i, _problem.AnchorGradient + offset);
        }
    }

    // Blocks add to the references in turn.
    private void AddToReferences(
        DenseGradient<TWidth, TVector> gradient, RowWorkspace<TWidth, TVector> workspace, int share, int row, int rows, CoordinatePanels<TWidth, TVector> sums)
    {
        OwnClassWeights<TWidth, TVector> own = workspace.OwnClass;
        int column = share * ReferencesPerTurn, end = column + ReferencesIn(share);
        AddColumns(column, Math.Min(own.From, end));
        AddColumns(Math.Max(own.To, column), end);
        own.AddToReferences(gradient.Anchors, row, rows, sums, column, end);
        _closePairs!.AddToReferences(workspace.ClosePairs[share], sums);

        void AddColumns(int from, int to)
        {
            if (from < to)
                gradient.AddColumns(workspace.Strip + from, _stride, row, rows, from, to - from, sums);
        }
    }
}
