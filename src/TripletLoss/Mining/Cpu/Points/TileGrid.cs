namespace TripletLoss;

/// <summary>Where a tile stands.</summary>
internal readonly record struct TilePlace(int Row, int Rows, int Column, bool Diagonal);

/// <summary>The tiles of a problem: all, or with symmetry those on and above the diagonal.</summary>
internal sealed class TileGrid
{
    /// <summary>Whole panels and groups of every width.</summary>
    private const int EdgeUnit = 48;

    /// <summary>The tile and the points of its rows fit a second-level cache of 512 KiB together.</summary>
    private const int LongestEdge = 192;

    private readonly int _rows;
    private readonly bool _symmetric;

    public TileGrid(int rows, int columns, bool symmetric)
    {
        _rows = rows;
        _symmetric = symmetric;
        int sixth = (Math.Max(rows, columns) + 5) / 6;
        Edge = Math.Clamp((sixth + EdgeUnit - 1) / EdgeUnit * EdgeUnit, EdgeUnit, LongestEdge);
        RowBlocks = (rows + Edge - 1) / Edge;
        ColumnBlocks = (columns + Edge - 1) / Edge;
    }

    public int Edge { get; }

    public int RowBlocks { get; }

    public int ColumnBlocks { get; }

    public int Count => checked((int)(_symmetric ? (long)RowBlocks * (RowBlocks + 1) / 2 : (long)RowBlocks * ColumnBlocks));

    /// <summary>The tile of a block of rows and a block of columns.</summary>
    public TilePlace Place(int row, int column, bool diagonal) =>
        new(row * Edge, Math.Min(Edge, _rows - (row * Edge)), column * Edge, diagonal);
}
