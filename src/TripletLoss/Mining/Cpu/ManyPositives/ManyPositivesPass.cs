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

    /// <summary>What is before the class of the rows, the class, and what is after it.</summary>
    private const int PartsPerShare = 3;

    private readonly SimdProblem _problem;
    private readonly ClassIndex _classes;
    private readonly PackedDistances<TWidth, TVector> _tiles;
    private readonly WorkCrew _crew;
    private readonly NativeArena _arena;
    private readonly bool _wantsGradient;
    private readonly int _blockRows;
    private readonly int _stride;
    private readonly CoordinatePanels<TWidth, TVector>? _referenceSums;
    private readonly KeptDistances _keptDistances;
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
        _keptDistances = new(problem.Rule == RuleKind.BatchAll ? problem.Kept : null, Blocks, _blockRows, _stride);
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

        fixed (int* kept = _problem.Kept?.Columns)
        {
            KeptColumns columns = new(_classes, kept, mines);
            _crew.Run(
                Blocks,
                (worker, block) => MineBlock(_workspaces[worker] ??= new(_problem, _classes, _tiles, columns, _classes.ReferenceOrder, _blockRows, _stride, Shares, PartsPerShare, worker, _arena), block),
                _turns);
        }

        _gradient?.Finish(_problem.MinesItself ? _referenceSums : null, _referenceSums);
        return _active;
    }

    private void MineBlock(RowWorkspace<TWidth, TVector> workspace, int block)
    {
        int row = block * _blockRows;
        int rows = Math.Min(_blockRows, _classes.AnchorCount - row);
        float* strip = workspace.Strip, squared = _keptDistances.Place(block, strip);
        bool hasClose = _keptDistances.AreThere
            ? _keptDistances.HasClose(block)
            : _keptDistances.Keep(block, _tiles.Fill(row, rows, 0, _tiles.Columns.PanelCount, squared, _stride, upper: false, ownClass: true));
        hasClose &= _closePairs is not null;
        long active = 0;
        foreach (List<ClosePair> pairs in workspace.ClosePairs)
            pairs.Clear();
        for (int i = 0; i < rows; i++)
        {
            float* distances = strip + ((nint)i * _stride);
            if (squared != strip)
                new Span<float>(squared + ((nint)i * _stride), _stride).CopyTo(new(distances, _stride));
            if (hasClose)
                workspace.KeepSquared(distances);
            active += workspace.Mine(row + i, distances);
            if (!_tiles.Zeros.IsEmpty)
                _tiles.Zeros.Overwrite(0, row + i, 1, 0, _classes.ReferenceCount, distances, _stride);
            for (int share = 0; share < Shares && hasClose; share++)
            {
                int column = share * ReferencesPerTurn;
                _closePairs!.Move(workspace.Squared + column, distances + column, row + i, column, ReferencesIn(share), workspace.ClosePairs[share]);
            }
        }
        Interlocked.Add(ref _active, active);
        if (_gradient is null)
            return;
        AddToAnchors(_gradient, workspace, row, rows);
        for (int share = 0; share < Shares && _referenceSums is not null; share++)
        {
            _turns.Await(share, block);
            AddToReferences(_gradient, workspace, share, _referenceSums);
            _turns.Pass(share);
        }
    }

    private int ReferencesIn(int share) => Math.Min(ReferencesPerTurn, _classes.ReferenceCount - (share * ReferencesPerTurn));

    // The rows of a block belong to it alone.
    private void AddToAnchors(DenseGradient<TWidth, TVector> gradient, RowWorkspace<TWidth, TVector> workspace, int row, int rows)
    {
        CoordinatePanels<TWidth, TVector> sums = workspace.RowSums;
        sums.Clear();
        SplitWeights(workspace, row, rows);
        foreach (WeightBlock<TWidth, TVector> weights in workspace.Weights)
            gradient.Add(weights, sums, 0, referenceSums: null);
        foreach (List<ClosePair> pairs in workspace.ClosePairs)
            _closePairs!.AddToAnchors(pairs, sums, row);
        for (int i = 0; i < rows; i++)
        {
            long offset = (long)_classes.AnchorOrder[row + i] * _problem.Dimension;
            sums.AddDifference(i, gradient.Anchors, row + i, _problem.AnchorGradient + offset);
        }
    }

    // Blocks add to the references in turn.
    private void AddToReferences(DenseGradient<TWidth, TVector> gradient, RowWorkspace<TWidth, TVector> workspace, int share, CoordinatePanels<TWidth, TVector> sums)
    {
        foreach (WeightBlock<TWidth, TVector> weights in workspace.Weights.AsSpan(share * PartsPerShare, PartsPerShare))
            gradient.Add(weights, anchorSums: null, 0, sums);
        _closePairs!.AddToReferences(workspace.ClosePairs[share], sums);
    }

    // Positives and negatives each weigh all alike, more often than not. Whole blocks of the product, but for the last.
    private void SplitWeights(RowWorkspace<TWidth, TVector> workspace, int row, int rows)
    {
        int start = (_classes.Start[row] + Rows - 1) / Rows * Rows, stop = Math.Max(start, _classes.End[row] / Rows * Rows);
        if (_classes.Start[row + rows - 1] != _classes.Start[row])
            start = stop = 0;
        for (int share = 0; share < Shares; share++)
        {
            int column = share * ReferencesPerTurn, end = column + ReferencesIn(share);
            int from = Math.Clamp(start, column, end), to = Math.Clamp(stop, column, end);
            Take(0, column, from);
            Take(1, from, to);
            Take(2, to, end);

            void Take(int part, int first, int last) =>
                workspace.Weights[(share * PartsPerShare) + part].Take(workspace.Strip + first, _stride, row, rows, first, last - first);
        }
    }
}
