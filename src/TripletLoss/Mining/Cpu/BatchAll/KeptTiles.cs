using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>The tiles of a batch-all pass where they are kept: written for the backward pass of per-anchor losses, and read there instead of filling them once more.</summary>
internal sealed unsafe class KeptTiles
{
    private readonly bool[]? _haveClose;
    private readonly float* _tiles;
    private readonly long _size;

    /// <param name="kept">Empty: to be filled, if there is room; filled: to be read; null: nobody wants them kept. To be held alive by the caller.</param>
    /// <param name="count">How many tiles there are.</param>
    /// <param name="edge">Of a tile.</param>
    public KeptTiles(KeptMining? kept, int count, int edge)
    {
        AreThere = kept?.Tiles is not null;
        if (!AreThere)
            kept?.KeepTiles(count, edge);
        if (kept?.Tiles is not { } tiles)
            return;
        _haveClose = kept.TilesHaveClose;
        _tiles = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tiles.bytes));
        _size = (long)edge * edge;
    }

    /// <summary>Whether they are to be read.</summary>
    public bool AreThere { get; }

    /// <summary>Where a tile is kept; a worker's own memory if nowhere.</summary>
    public float* Place(int tile, float* own) => _tiles == null ? own : _tiles + (tile * _size);

    /// <summary>Whether a tile that is read has close pairs.</summary>
    public bool HasClose(int tile) => _haveClose![tile];

    /// <summary>Says whether one that was filled has; returns it.</summary>
    public bool Keep(int tile, bool hasClose)
    {
        if (_haveClose is not null)
            _haveClose[tile] = hasClose;
        return hasClose;
    }
}
