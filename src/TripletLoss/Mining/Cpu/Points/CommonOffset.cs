using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// What <see cref="PreparedPoints"/> subtracts, over plain memory: the column means, each rounded to a multiple of 2^⌊log₂ σ⌋ of its column, so that the
/// subtraction is exact and exact ties stay ties. Any multiple near the mean will do: sums of floats are good enough.
/// </summary>
internal static unsafe class CommonOffset<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    /// <summary>[dimension], of points [count, dimension]; where a column is constant, its value.</summary>
    public static float* Of(float* points, int count, int dimension, WorkCrew crew, NativeArena arena)
    {
        ColumnSums sums = new(count, dimension, (row, end, sums, squares) => Add(points, row, end, dimension, sums, squares), crew, arena);
        float* offset = arena.Allocate<float>(dimension);
        for (int k = 0; k < dimension; k++)
        {
            double grid = sums.Grid(k);
            offset[k] = grid > 0 ? (float)(Math.Round((points[k] + sums.Mean(k)) / grid) * grid) : points[k];
        }

        return offset;
    }

    /// <summary>Sums the differences to the first point, which are small whatever the offset, and their squares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(float* points, int row, int end, int dimension, double* sums, double* squares)
    {
        float* sum = stackalloc float[TWidth.Lanes], square = stackalloc float[TWidth.Lanes];
        int k = 0;
        for (; k + TWidth.Lanes <= dimension; k += TWidth.Lanes)
        {
            TVector first = TWidth.Load(points + k), total = TWidth.Broadcast(0), totalOfSquares = total;
            for (int i = row; i < end; i++)
            {
                TVector difference = TWidth.Subtract(TWidth.Load(points + ((nint)i * dimension) + k), first);
                total = TWidth.Add(total, difference);
                totalOfSquares = TWidth.MultiplyAdd(difference, difference, totalOfSquares);
            }

            TWidth.Store(sum, total);
            TWidth.Store(square, totalOfSquares);
            for (int lane = 0; lane < TWidth.Lanes; lane++)
            {
                sums[k + lane] += sum[lane];
                squares[k + lane] += square[lane];
            }
        }

        for (; k < dimension; k++)
        {
            for (int i = row; i < end; i++)
            {
                double difference = points[((nint)i * dimension) + k] - points[k];
                sums[k] += difference;
                squares[k] += difference * difference;
            }
        }
    }
}
