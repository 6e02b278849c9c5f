namespace TripletLoss;

/// <summary>
/// The tiles of a grid as the rounds of a tournament: within a round no two have rows or columns in common, and so workers side by side seldom meet. Every block of points knows which of its
/// tiles adds to its sums when.
/// </summary>
internal sealed class TileRounds(TileGrid grid, bool symmetric)
{
    private readonly int _rows = grid.RowBlocks;
    private readonly int _columns = grid.ColumnBlocks;

    /// <summary>Those of the blocks.</summary>
    public Turns Turns { get; } = new(symmetric ? grid.RowBlocks : checked(grid.RowBlocks + grid.ColumnBlocks));

    public int Count => grid.Count;

    public TilePlace At(int tile)
    {
        var (row, column, _) = Find(tile);
        return grid.Place(row, column, symmetric && row == column);
    }

    /// <summary>Whether all earlier tiles have added to the sums of this one's rows and columns.</summary>
    public bool IsTurn(int tile)
    {
        var (rows, rowTurn, columns, columnTurn) = PlacesAndTurns(tile);
        return Turns.IsTurn(rows, rowTurn) && (columns == rows || Turns.IsTurn(columns, columnTurn));
    }

    /// <summary>Waits for it.</summary>
    public void AwaitTurn(int tile)
    {
        var (rows, rowTurn, columns, columnTurn) = PlacesAndTurns(tile);
        Turns.Await(rows, rowTurn);
        if (columns != rows)
            Turns.Await(columns, columnTurn);
    }

    /// <summary>Ends a tile's turn.</summary>
    public void Pass(int tile)
    {
        var (rows, _, columns, _) = PlacesAndTurns(tile);
        Turns.Pass(rows);
        if (columns != rows)
            Turns.Pass(columns);
    }

    private (int Rows, int RowTurn, int Columns, int ColumnTurn) PlacesAndTurns(int tile)
    {
        var (row, column, round) = Find(tile);
        if (symmetric)
            return (row, Earlier(row, round), column, Earlier(column, round));
        // Each round has all blocks of the shorter side.
        return (
            row, _rows <= _columns ? round : Earlier(row, round, _rows, _columns),
            _rows + column, _columns <= _rows ? round : Earlier(column, round, _columns, _rows));
    }

    private (int Row, int Column, int Round) Find(int tile) => symmetric ? FindInTriangle(tile) : FindInRectangle(tile);

    // The blocks move around a circle and meet who stands opposite; of an even number the last one stays in the middle and meets one in each round, of an odd number one rests.
    // The tiles on the diagonal, half the work, come at the end.
    private (int Row, int Column, int Round) FindInTriangle(int tile)
    {
        int circle = (_rows - 1) | 1, pairs = _rows / 2;
        if (tile >= circle * (long)pairs)
        {
            int block = (int)(tile - (circle * (long)pairs));
            return (block, block, circle);
        }

        int round = tile / pairs, step = (tile % pairs) + (_rows & 1);
        int one = step == 0 ? circle : (round + step) % circle, other = (round - step + circle) % circle;
        return (Math.Min(one, other), Math.Max(one, other), round);
    }

    private (int Row, int Column, int Round) FindInRectangle(int tile)
    {
        int rounds = Math.Max(_rows, _columns), shorter = Math.Min(_rows, _columns);
        int round = tile / shorter, one = tile % shorter, other = (one + round) % rounds;
        return _rows <= _columns ? (one, other, round) : (other, one, round);
    }

    // Of an odd number of blocks each rests in the round of its own number.
    private int Earlier(int block, int round) => round - ((_rows & 1) != 0 && block < round ? 1 : 0);

    // In round r a block of the longer side meets block − r of the shorter, if there is one.
    private static int Earlier(int block, int round, int longer, int shorter) =>
        Math.Max(0, Math.Min(round, block + 1) - Math.Max(0, block - shorter + 1)) + Math.Max(0, round - (block + longer - shorter + 1));
}
