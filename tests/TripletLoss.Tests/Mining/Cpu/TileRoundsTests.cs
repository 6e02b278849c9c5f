namespace TripletLoss.Tests;

public class TileRoundsTests
{
    public static TheoryData<int, int, bool> Shapes => new()
    {
        { 1, 1, true }, { 200, 200, true }, { 577, 577, true }, { 1000, 1000, true }, { 2000, 2000, true }, { 2113, 2113, true },
        { 1, 1, false }, { 1000, 300, false }, { 300, 1000, false }, { 1500, 1500, false }, { 100, 4000, false }, { 4000, 100, false },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_tile_is_there_once(int rows, int columns, bool symmetric)
    {
        TileGrid grid = new(rows, columns, symmetric);
        TileRounds rounds = new(grid, symmetric);
        var expected = from row in Enumerable.Range(0, grid.RowBlocks)
                       from column in Enumerable.Range(0, grid.ColumnBlocks)
                       where !symmetric || column >= row
                       select new TilePlace(row * grid.Edge, Math.Min(grid.Edge, rows - (row * grid.Edge)), column * grid.Edge, symmetric && row == column);
        Enumerable.Range(0, rounds.Count).Select(rounds.At).Should().BeEquivalentTo(expected);
    }

    [Fact]
    public void Nine_million_rows_have_a_billion_tiles()
    {
        TileGrid grid = new(9_000_000, 9_000_000, symmetric: true);
        long blocks = (9_000_000 + grid.Edge - 1) / grid.Edge;
        ((long)grid.Count).Should().Be(blocks * (blocks + 1) / 2);
        TilePlace last = new TileRounds(grid, symmetric: true).At(grid.Count - 1);
        (last.Row, last.Column, last.Diagonal).Should().Be(((int)(blocks - 1) * grid.Edge, (int)(blocks - 1) * grid.Edge, true));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void It_is_the_turn_of_each_when_all_before_it_have_passed_and_not_earlier(int rows, int columns, bool symmetric)
    {
        TileRounds rounds = new(new TileGrid(rows, columns, symmetric), symmetric);
        Blocks[] blocks = [.. Enumerable.Range(0, rounds.Count).Select(tile => Blocks.Of(rounds.At(tile), symmetric))];
        for (int tile = 0; tile < rounds.Count; tile++)
        {
            rounds.IsTurn(tile).Should().BeTrue();
            for (int later = tile + 1; later < rounds.Count; later++)
                rounds.IsTurn(later).Should().Be(!Enumerable.Range(tile, later - tile).Any(earlier => blocks[earlier].Meet(blocks[later])));
            rounds.Pass(tile);
        }
    }

    private readonly record struct Blocks(int Rows, int Columns)
    {
        public static Blocks Of(TilePlace place, bool symmetric) => new(place.Row, symmetric ? place.Column : -1 - place.Column);

        public bool Meet(Blocks other) => Rows == other.Rows || Columns == other.Columns || Rows == other.Columns || Columns == other.Rows;
    }
}
