using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Mines every slot's nearest negative above its threshold (and every anchor's farthest) by brute force, tile by tile, in a batch that mines itself: only
/// the tiles on and above the diagonal are computed, each mined for its rows and for its columns.
/// </summary>
internal sealed unsafe class TriangleSearch<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private readonly PackedDistances<TWidth, TVector> _tiles;
    private readonly ThresholdTable _table;
    private readonly WorkCrew _crew;
    private readonly NativeArena _arena;
    private readonly TileGrid _grid;
    private readonly TileRounds _rounds;
    private readonly Candidates _found;
    private readonly object[] _locks;
    private readonly nint[] _buffers;

    public TriangleSearch(
        PackedDistances<TWidth, TVector> tiles, ThresholdTable table, WorkCrew crew, NativeArena arena)
    {
        _tiles = tiles;
        _table = table;
        _crew = crew;
        _arena = arena;
        _grid = new(tiles.Rows.Count, tiles.Columns.Count, symmetric: true);
        _rounds = new(_grid, symmetric: true);
        _found = new(table, arena);
        _locks = [.. Enumerable.Range(0, _grid.RowBlocks).Select(_ => new object())];
        _buffers = new nint[crew.MaximumWorkers];
    }

    /// <summary>The best of every slot over all tiles.</summary>
    public Candidates Run()
    {
        _crew.Run(_rounds.Count, (worker, tile) => MineTile(Buffer(worker), _rounds.At(tile)));
        return _found;
    }

    private float* Buffer(int worker)
    {
        if (_buffers[worker] == 0)
            _buffers[worker] = (nint)_arena.Allocate<float>((long)_grid.Edge * _grid.Edge);
        return (float*)_buffers[worker];
    }

    private void MineTile(float* tile, TilePlace place)
    {
        int panelWidth = PackedPoints<TWidth, TVector>.PanelWidth;
        int panel = place.Column / panelWidth;
        int panelEnd = Math.Min(panel + (_grid.Edge / panelWidth), _tiles.Columns.PanelCount);
        _tiles.Fill(place.Row, place.Rows, panel, panelEnd, tile, _grid.Edge, place.Diagonal);
        _tiles.Exclude(place.Row, place.Rows, panel, panelEnd, tile, _grid.Edge);
        int columns = (panelEnd - panel) * panelWidth;

        // One worker at a time improves a block of anchors; where there is one, the others come first.
        object rowLock = _locks[place.Row / _grid.Edge], columnLock = _locks[place.Column / _grid.Edge];
        bool rowsComeFirst = Monitor.TryEnter(rowLock);
        try
        {
            if (rowsComeFirst)
                MineRows(tile, place, columns);
        }
        finally
        {
            if (rowsComeFirst)
                Monitor.Exit(rowLock);
        }

        lock (columnLock)
            MineColumns(tile, place, columns);
        if (rowsComeFirst)
            return;
        lock (rowLock)
            MineRows(tile, place, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MineRows(float* tile, TilePlace place, int columns)
    {
        for (int i = 0; i < place.Rows; i++)
        {
            // On the diagonal a row begins with its own panel: what stands left of it the columns have mined.
            int skip = place.Diagonal ? i / PackedPoints<TWidth, TVector>.PanelWidth * PackedPoints<TWidth, TVector>.PanelWidth : 0;
            float* distances = tile + ((nint)i * _grid.Edge) + skip;
            RowMinima<TWidth, TVector>.Nearest(
                distances, columns - skip, _tiles.Columns.Originals + place.Column + skip, _table.Slots(place.Row + i, _found));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MineColumns(float* tile, TilePlace place, int columns)
    {
        int panelWidth = PackedPoints<TWidth, TVector>.PanelWidth;
        int* originals = _tiles.Rows.Originals + place.Row;
        for (int j = 0; j < columns; j += TWidth.Lanes)
        {
            int anchor = place.Column + j;
            if (anchor / TWidth.Lanes >= _table.Groups)
                break;
            int count = place.Diagonal ? Math.Min(place.Rows, ((j / panelWidth) + 1) * panelWidth) : place.Rows;
            ColumnMinima<TWidth, TVector>.Nearest(tile + j, _grid.Edge, count, originals, _table.Slots(anchor, _found));
        }
    }
}
