using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Mines every slot's nearest negative above its threshold (and every anchor's farthest) by brute force, tile by tile. Of a batch that mines itself only
/// the tiles on and above the diagonal are computed, each mined for its columns and, transposed, for its rows.
/// </summary>
internal sealed unsafe class TileSearch<TWidth, TVector>
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
    private readonly BlockOrder _order;
    private readonly bool _symmetric;
    private readonly object[] _locks;
    private readonly SearchBuffers?[] _buffers;

    public TileSearch(ClassIndex classes, PackedDistances<TWidth, TVector> tiles, ThresholdTable table, WorkCrew crew, NativeArena arena)
    {
        _tiles = tiles;
        _table = table;
        _crew = crew;
        _arena = arena;
        _symmetric = classes.MinesItself;
        _grid = new(tiles.Rows.Count, tiles.Columns.Count, _symmetric);
        _rounds = new(_grid, _symmetric);
        _found = new(table, arena);
        _order = new(classes.ReferenceOrder, classes.ReferenceCount, _grid.Edge, arena);
        _locks = [.. Enumerable.Range(0, _grid.RowBlocks).Select(_ => new object())];
        _buffers = new SearchBuffers?[crew.MaximumWorkers];
    }

    /// <summary>The best of every slot over all tiles.</summary>
    public Candidates Run()
    {
        long slots = 0;
        for (int block = 0; block < _grid.RowBlocks; block++)
            slots = Math.Max(slots, _table.BlockLength(block * _grid.Edge, _grid.Edge));
        _crew.Run(_rounds.Count, (worker, tile) => Mine(_buffers[worker] ??= new(_grid.Edge, TWidth.Lanes, slots, _arena), _rounds.At(tile)));
        return _found;
    }

    private void Mine(SearchBuffers buffers, TilePlace place)
    {
        int panelWidth = PackedPoints<TWidth, TVector>.PanelWidth;
        int panel = place.Column / panelWidth;
        int panelEnd = Math.Min(panel + (_grid.Edge / panelWidth), _tiles.Columns.PanelCount);
        int columns = (panelEnd - panel) * panelWidth;
        _tiles.Fill(place.Row, place.Rows, panel, panelEnd, buffers.Tile, _grid.Edge, place.Diagonal);
        if (place.Diagonal)
            Transposition<TWidth, TVector>.Mirror(buffers.Tile, _grid.Edge, place.Rows, columns);
        _tiles.Exclude(place.Row, place.Rows, panel, panelEnd, buffers.Tile, _grid.Edge);
        if (_symmetric)
        {
            MineColumns(buffers, place, columns);
            Take(buffers, place.Column);
        }

        if (place.Diagonal)
            return;
        MineRows(buffers, place, columns);
        Take(buffers, place.Row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MineColumns(SearchBuffers buffers, TilePlace place, int columns)
    {
        for (int j = 0; j < columns && place.Column + j < _tiles.Rows.Count; j += TWidth.Lanes)
        {
            ColumnMinima<TWidth, TVector>.Nearest(
                buffers.Tile + j, _grid.Edge, _order.Of(place.Row), _table.Slots(place.Column + j, place.Column, buffers.Excess, buffers.Chosen));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MineRows(SearchBuffers buffers, TilePlace place, int columns)
    {
        for (int i = 0; i < place.Rows; i += TWidth.Lanes)
        {
            Transposition<TWidth, TVector>.Write(buffers.Tile + ((nint)i * _grid.Edge), _grid.Edge, columns, buffers.Transposed, TWidth.Lanes);
            ColumnMinima<TWidth, TVector>.Nearest(
                buffers.Transposed, TWidth.Lanes, _order.Of(place.Column), _table.Slots(place.Row + i, place.Row, buffers.Excess, buffers.Chosen));
        }
    }

    /// <summary>Takes what is better in a tile for a block of anchors. One worker at a time does.</summary>
    private void Take(SearchBuffers buffers, int anchor)
    {
        lock (_locks[anchor / _grid.Edge])
            Take(buffers, _table.First(anchor), _table.BlockLength(anchor, _grid.Edge));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(SearchBuffers buffers, long first, long length)
    {
        TVector nobody = TWidth.BroadcastBits(int.MaxValue);
        for (long i = 0; i < length; i += TWidth.Lanes)
        {
            float* excess = (float*)(_found.Excess + first + i), chosen = (float*)(_found.Chosen + first + i);
            TVector former = TWidth.Load(excess), other = TWidth.Load((float*)(buffers.Excess + i)), least = TWidth.MinBits(former, other);
            TWidth.Store(excess, least);
            TWidth.Store(chosen, TWidth.MinBits(
                TWidth.Select(TWidth.Equal(least, former), TWidth.Load(chosen), nobody),
                TWidth.Select(TWidth.Equal(least, other), TWidth.Load((float*)(buffers.Chosen + i)), nobody)));
        }
    }
}
