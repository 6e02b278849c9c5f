namespace TripletLoss.Tests;

/// <summary>The tiles of a batch cover every pair once, however many rows it has.</summary>
public class TileGridTests
{
    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(500, 500, true)]
    [InlineData(1000, 300, false)]
    [InlineData(300, 1000, false)]
    public void Every_pair_of_blocks_is_there_once(int rows, int columns, bool symmetric)
    {
        TileGrid grid = new(rows, columns, symmetric);
        var places = Enumerable.Range(0, grid.Count).Select(grid.At).ToList();
        var expected = from row in Starts(rows, grid.Edge) from column in Starts(columns, grid.Edge) where !symmetric || column >= row select (row, column);
        places.Select(place => (place.Row, place.Column)).Should().BeEquivalentTo(expected);
    }

    [Fact]
    public void Nine_million_rows_have_a_billion_tiles()
    {
        TileGrid grid = new(9_000_000, 9_000_000, symmetric: true);
        long blocks = (9_000_000 + grid.Edge - 1) / grid.Edge;
        ((long)grid.Count).Should().Be(blocks * (blocks + 1) / 2);
        TilePlace last = grid.At(grid.Count - 1);
        (last.Row, last.Column, last.Diagonal).Should().Be(((int)(blocks - 1) * grid.Edge, (int)(blocks - 1) * grid.Edge, true));
    }

    private static IEnumerable<int> Starts(int count, int edge) => Enumerable.Range(0, (count + edge - 1) / edge).Select(block => block * edge);
}
