namespace TripletLoss;

/// <summary>
/// The zero vectors of a cosine problem: at distance 1 of everything, each other included, with no gradient. No direction can stand for that, so their rows and columns of a tile are written over.
/// </summary>
internal sealed unsafe class ZeroVectors
{
    /// <summary>|x̂ − ŷ|² of a cosine distance of 1.</summary>
    public const float Squared = 2;

    private readonly int[] _rows;
    private readonly int[] _columns;

    public ZeroVectors(in SimdProblem problem, ClassIndex classes)
    {
        _rows = Find(problem.AnchorScales, classes.AnchorOrder, problem.AnchorCount);
        _columns = problem.MinesItself ? _rows : Find(problem.ReferenceScales, classes.ReferenceOrder, problem.ReferenceCount);
    }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _rows.Length == 0 && _columns.Length == 0;

    /// <summary>Writes one value over their rows and columns.</summary>
    /// <param name="value"><see cref="Squared"/> for distances, 0 for weights.</param>
    /// <param name="row">The sorted position of the tile's first row.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="column">The sorted position of its first column.</param>
    /// <param name="columns">How many columns it has.</param>
    /// <param name="tile">The tile.</param>
    /// <param name="stride">From one of its rows to the next.</param>
    public void Overwrite(float value, int row, int rows, int column, int columns, float* tile, int stride)
    {
        foreach (int zero in _rows)
        {
            if (zero >= row && zero < row + rows)
                new Span<float>(tile + ((nint)(zero - row) * stride), columns).Fill(value);
        }

        foreach (int zero in _columns)
        {
            for (int i = 0; i < rows && zero >= column && zero < column + columns; i++)
                tile[((nint)i * stride) + zero - column] = value;
        }
    }

    private static int[] Find(double* scales, int* order, int count)
    {
        var found = new List<int>();
        for (int position = 0; position < count && scales != null; position++)
        {
            if (scales[order[position]] == 0)
                found.Add(position);
        }

        return [.. found];
    }
}
