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
    private readonly Candidates?[] _found;
    private readonly nint[] _buffers;

    public TriangleSearch(
        PackedDistances<TWidth, TVector> tiles, ThresholdTable table, WorkCrew crew, NativeArena arena)
    {
        _tiles = tiles;
        _table = table;
        _crew = crew;
        _arena = arena;
        _grid = new(tiles.Rows.Count, tiles.Columns.Count, symmetric: true);
        _found = new Candidates?[crew.MaximumWorkers];
        _buffers = new nint[crew.MaximumWorkers];
    }

    /// <summary>The best of every slot over all tiles.</summary>
    public Candidates Run()
    {
        _crew.Run(_grid.Count, (worker, tile) => MineTile(Buffer(worker), _found[worker] ??= NewCandidates(), _grid.At(tile)));
        return MergeWorkers();
    }

    private Candidates NewCandidates() => new(_table, _arena);

    private float* Buffer(int worker)
    {
        if (_buffers[worker] == 0)
            _buffers[worker] = (nint)_arena.Allocate<float>((long)_grid.Edge * _grid.Edge);
        return (float*)_buffers[worker];
    }

    private void MineTile(float* tile, Candidates found, TilePlace place)
    {
        int panelWidth = PackedPoints<TWidth, TVector>.PanelWidth;
        int panel = place.Column / panelWidth;
        int panelEnd = Math.Min(panel + (_grid.Edge / panelWidth), _tiles.Columns.PanelCount);
        _tiles.Fill(place.Row, place.Rows, panel, panelEnd, tile, _grid.Edge, place.Diagonal);
        _tiles.Exclude(place.Row, place.Rows, panel, panelEnd, tile, _grid.Edge);
        int columns = (panelEnd - panel) * panelWidth;
        MineRows(tile, found, place.Row, place.Rows, place.Column, columns, place.Diagonal);
        MineColumns(tile, found, place.Row, place.Rows, place.Column, columns, place.Diagonal);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MineRows(float* tile, Candidates found, int row, int rows, int column, int columns, bool diagonal)
    {
        for (int i = 0; i < rows; i++)
        {
            // On the diagonal a row begins with its own panel: what stands left of it the columns have mined.
            int skip = diagonal ? i / PackedPoints<TWidth, TVector>.PanelWidth * PackedPoints<TWidth, TVector>.PanelWidth : 0;
            float* distances = tile + ((nint)i * _grid.Edge) + skip;
            RowMinima<TWidth, TVector>.Nearest(
                distances, columns - skip, _tiles.Columns.Originals + column + skip, _table.Slots(row + i, found));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MineColumns(float* tile, Candidates found, int row, int rows, int column, int columns, bool diagonal)
    {
        int panelWidth = PackedPoints<TWidth, TVector>.PanelWidth;
        int* originals = _tiles.Rows.Originals + row;
        for (int j = 0; j < columns; j += TWidth.Lanes)
        {
            int anchor = column + j;
            if (anchor / TWidth.Lanes >= _table.Groups)
                break;
            int count = diagonal ? Math.Min(rows, ((j / panelWidth) + 1) * panelWidth) : rows;
            ColumnMinima<TWidth, TVector>.Nearest(tile + j, _grid.Edge, count, originals, _table.Slots(anchor, found));
        }
    }

    private Candidates MergeWorkers()
    {
        const int SlotsPerChunk = 1 << 16;
        Candidates[] all = [.. _found.OfType<Candidates>()];
        if (all.Length == 0)
            return NewCandidates();
        _crew.Run((int)((_table.Length + SlotsPerChunk - 1) / SlotsPerChunk), (_, chunk) =>
        {
            long start = (long)chunk * SlotsPerChunk;
            long end = Math.Min(start + SlotsPerChunk, _table.Length);
            for (int other = 1; other < all.Length; other++)
                all[0].Merge(all[other], start, end);
        });
        return all[0];
    }
}
