using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>Sums down the columns of some points and sums of their squares, added up in an order that does not depend on the number of threads.</summary>
internal readonly unsafe struct ColumnSums
{
    private const int LeastRows = 64;
    private const int MostChunks = 64;

    private readonly double* _sums;
    private readonly int _count;
    private readonly int _dimension;

    /// <summary>Adds the rows from one to before another to [dimension] sums and as many sums of squares.</summary>
    public delegate void RowAdder(int row, int end, double* sums, double* squares);

    public ColumnSums(int count, int dimension, RowAdder add, WorkCrew crew, NativeArena arena)
    {
        (_count, _dimension) = (count, dimension);
        int rows = Math.Max(LeastRows, (count + MostChunks - 1) / MostChunks), chunks = (count + rows - 1) / rows;
        double* sums = _sums = arena.AllocateZeroed<double>(2L * dimension * chunks);
        crew.Run(chunks, (_, chunk) =>
        {
            double* own = sums + (2L * dimension * chunk);
            for (int row = chunk * rows, end = Math.Min(row + rows, count); row < end; row += LeastRows)
                add(row, Math.Min(row + LeastRows, end), own, own + dimension);
        });
        for (int chunk = 1; chunk < chunks; chunk++)
            Add(sums + (2L * dimension * chunk), sums, 2 * dimension);
    }

    /// <summary>The mean of a column.</summary>
    public double Mean(int column) => _sums[column] / _count;

    /// <summary>What a column's offset is a multiple of, 2^⌊log₂ σ⌋; 0 for a constant column.</summary>
    public double Grid(int column)
    {
        double mean = Mean(column), spread = Math.Sqrt((_sums[_dimension + column] / _count) - (mean * mean));
        return spread > 0 ? Math.ScaleB(1, Math.ILogB(spread)) : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(double* values, double* sums, int count)
    {
        for (int i = 0; i < count; i++)
            sums[i] += values[i];
    }
}
