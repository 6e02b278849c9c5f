using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Batch-all for few positives a class: tiles against every reach by brute force, and the gradient of the negatives from
/// the tile of weights by two products while it is hot. The positives are few: their weights are what the reaches
/// counted, left to the sparse gradient. Tiles are filled side by side and add to the sums in turn, whose order is fixed.
/// </summary>
internal sealed unsafe class BatchAllPass<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private readonly SimdProblem _problem;
    private readonly ClassIndex _classes;
    private readonly PackedDistances<TWidth, TVector> _tiles;
    private readonly ThresholdTable _table;
    private readonly TileGrid _grid;
    private readonly TileRounds _rounds;
    private readonly WorkCrew _crew;
    private readonly NativeArena _arena;
    private readonly BatchAllBuffers<TWidth, TVector>?[] _buffers;
    private readonly float* _coefficients;

    private readonly PositiveReaches _reaches;
    private readonly KeptDistances _kept;
    private readonly CoordinatePanels<TWidth, TVector>? _anchorSums;
    private readonly CoordinatePanels<TWidth, TVector>? _referenceSums;
    private DenseGradient<TWidth, TVector>? _gradient;
    private ClosePairs<TWidth, TVector>? _closePairs;

    public BatchAllPass(
        in SimdProblem problem, ClassIndex classes, PackedDistances<TWidth, TVector> tiles, WorkCrew crew, NativeArena arena)
    {
        _problem = problem;
        _classes = classes;
        _tiles = tiles;
        _crew = crew;
        _arena = arena;
        _table = new(classes, TWidth.Lanes, SlotKind.BeyondPositives, arena);
        _grid = new(problem.AnchorCount, problem.ReferenceCount, problem.MinesItself);
        _rounds = new(_grid, problem.MinesItself);
        _reaches = new(problem, classes, _table, arena);
        _kept = new(problem.Kept, _rounds.Count, _grid.Edge, _grid.Edge);
        if (problem.WantsGradient)
        {
            _anchorSums = new(problem.AnchorCount, problem.Dimension, arena);
            _referenceSums = problem.MinesItself ? _anchorSums
                : problem.ReferenceGradient != null ? new(problem.ReferenceCount, problem.Dimension, arena) : null;
        }

        _buffers = new BatchAllBuffers<TWidth, TVector>?[crew.MaximumWorkers];
        _coefficients = arena.AllocateZeroed<float>((long)tiles.Rows.PanelCount * PackedPoints<TWidth, TVector>.PanelWidth);
        for (int anchor = 0; anchor < classes.AnchorCount && problem.WantsGradient; anchor++)
            _coefficients[anchor] = (float)(-2 * problem.Coefficients[classes.AnchorOrder[anchor]]);
    }

    /// <summary>Writes the sums and the gradient; returns the number of active triplets.</summary>
    public long Run()
    {
        new PositiveDistances<TWidth, TVector>(_tiles, _classes, _crew).FillThresholds(_table);
        _reaches.Fill();
        if (_problem.WantsGradient)
        {
            _gradient = new(_problem, _classes, _tiles.Offset, _crew, _arena);
            _closePairs = new(_problem, _classes, _tiles);
        }

        _crew.Run(_rounds.Count, (worker, tile) => Visit(_buffers[worker] ??= new(_tiles, _grid.Edge, _arena), tile), _rounds.Turns);

        _tiles.Columns.FreePanels(_arena);
        TripletTerms terms = TripletTerms.Of(_classes, onePerAnchor: false, _arena);
        long active = _reaches.SumUp(terms);
        if (_gradient is not null)
        {
            new SparseGradient<TWidth, TVector>(_problem, _classes, terms, _crew, _arena).Run();
            _gradient.Finish(_anchorSums, _referenceSums);
        }

        return active;
    }

    private void Visit(BatchAllBuffers<TWidth, TVector> buffers, int index)
    {
        TilePlace place = _rounds.At(index);
        int panel = place.Column / PackedPoints<TWidth, TVector>.PanelWidth;
        int panelEnd = Math.Min(panel + (_grid.Edge / PackedPoints<TWidth, TVector>.PanelWidth), _tiles.Columns.PanelCount);
        int columns = (panelEnd - panel) * PackedPoints<TWidth, TVector>.PanelWidth;
        float* distances = _kept.Place(index, buffers.Distances);
        bool hasClose = _kept.AreThere ? _kept.HasClose(index) : _kept.Keep(index, Fill(distances, place, panel, panelEnd));

        _rounds.AwaitTurn(index);
        CountRows(buffers, distances, place, columns);
        if (_problem.MinesItself)
            CountColumns(buffers, distances, place, columns);
        if (_gradient is not null)
            AddGradient(_gradient, buffers, distances, place, columns, hasClose);
        _rounds.Pass(index);
    }

    // Says whether there are close pairs.
    private bool Fill(float* distances, TilePlace place, int panel, int panelEnd)
    {
        bool hasClose = _tiles.Fill(place.Row, place.Rows, panel, panelEnd, distances, _grid.Edge, upper: place.Diagonal);
        _tiles.Exclude(place.Row, place.Rows, panel, panelEnd, distances, _grid.Edge, BitConverter.SingleToUInt32Bits(float.MaxValue));
        if (place.Diagonal)
            ExcludeLower(distances, place.Rows);
        return hasClose;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddGradient(
        DenseGradient<TWidth, TVector> gradient, BatchAllBuffers<TWidth, TVector> buffers, float* tile, TilePlace place, int columns, bool hasClose)
    {
        int edge = _grid.Edge, references = Math.Min(columns, _classes.ReferenceCount - place.Column);
        buffers.ClosePairs.Clear();
        for (int i = 0; i < place.Rows; i++)
        {
            float* distances = tile + ((nint)i * edge), weights = buffers.Weights + ((nint)i * edge);
            RankWeigher<TWidth, TVector>.Slope(_problem.Scale, distances, columns, weights);
            if (hasClose)
                _closePairs!.Move(distances, weights, place.Row + i, place.Column, references, buffers.ClosePairs);
        }

        _closePairs!.AddToAnchors(buffers.ClosePairs, _anchorSums!, firstAnchor: 0);
        if (_referenceSums is not null)
            _closePairs.AddToReferences(buffers.ClosePairs, _referenceSums);
        if (!_tiles.Zeros.IsEmpty)
            _tiles.Zeros.Overwrite(0, place.Row, place.Rows, place.Column, columns, buffers.Weights, edge);
        if (place.Diagonal)
            MirrorWeights(buffers.Weights, columns);
        buffers.Block.Take(buffers.Weights, edge, place.Row, place.Rows, place.Column, references);
        gradient.Add(buffers.Block, _anchorSums, place.Row, place.Diagonal ? null : _referenceSums);
    }

    // Either end of a pair on the diagonal is an anchor of the tile.
    private void MirrorWeights(float* weights, int columns)
    {
        int edge = _grid.Edge;
        Transposition<TWidth, TVector>.Mirror(weights, edge, columns, columns);
        for (int i = 0; i < columns; i++)
        {
            for (int j = i + 1; j % TWidth.Lanes != 0; j++)
                weights[((nint)j * edge) + i] = weights[((nint)i * edge) + j];
        }
    }

    private void ExcludeLower(float* tile, int rows)
    {
        for (int i = 0; i < rows; i++)
            new Span<float>(tile + ((nint)i * _grid.Edge), i + 1).Fill(float.MaxValue);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountRows(BatchAllBuffers<TWidth, TVector> buffers, float* tile, TilePlace place, int columns)
    {
        for (int i = 0; i < place.Rows; i++)
        {
            int anchor = place.Row + i;
            float* distances = tile + ((nint)i * _grid.Edge);
            float* ranks = buffers.Weights + ((nint)i * _grid.Edge);
            long first = _table.First(anchor);
            int slots = _table.Slots(anchor / TWidth.Lanes);
            if (slots == 0)
            {
                new Span<float>(ranks, columns).Clear();
                continue;
            }

            RankCounter<TWidth, TVector>.Row(
                distances, columns, (float*)_table.Thresholds + first, _reaches.Counts + first, slots, ranks);
            _reaches.RankedDistances[anchor] +=
                RankWeigher<TWidth, TVector>.Row(_problem.Scale, distances, columns, _coefficients[anchor], ranks);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountColumns(BatchAllBuffers<TWidth, TVector> buffers, float* tile, TilePlace place, int columns)
    {
        for (int j = 0; j < columns; j += TWidth.Lanes)
        {
            int anchor = place.Column + j;
            int group = anchor / TWidth.Lanes;
            if (group >= _table.Groups)
                break;
            long first = _table.GroupFirst(group);
            int slots = _table.Slots(group);
            if (slots == 0)
                continue;
            RankCounter<TWidth, TVector>.Columns(
                tile + j, _grid.Edge, place.Rows, (float*)_table.Thresholds + first, _reaches.Counts + first, slots,
                buffers.Ranks);
            RankWeigher<TWidth, TVector>.Columns(
                _problem.Scale, tile + j, _grid.Edge, place.Rows, buffers.Ranks, _coefficients + anchor,
                buffers.Weights + j, _reaches.RankedDistances + anchor);
        }
    }
}
