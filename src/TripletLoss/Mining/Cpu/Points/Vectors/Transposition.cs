using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>Writes rows as columns, as many rows at a time as a vector has lanes.</summary>
internal static unsafe class Transposition<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // What the zips transpose: squares of four in every quarter of a vector.
    private const int Square = 4;

    /// <summary>target[j, i] = source[i, j] for a vector's lanes of rows; columns come in fours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(float* source, nint stride, int columns, float* target, nint targetStride)
    {
        for (int column = 0; column < columns; column += Square, source += Square)
        {
            TVector row0 = TWidth.LoadFours(source, Square * stride), row1 = TWidth.LoadFours(source + stride, Square * stride);
            TVector row2 = TWidth.LoadFours(source + (2 * stride), Square * stride), row3 = TWidth.LoadFours(source + (3 * stride), Square * stride);
            TVector even = TWidth.ZipLow(row0, row2), odd = TWidth.ZipLow(row1, row3);
            TWidth.Store(target, TWidth.ZipLow(even, odd));
            TWidth.Store(target + targetStride, TWidth.ZipHigh(even, odd));
            even = TWidth.ZipHigh(row0, row2);
            odd = TWidth.ZipHigh(row1, row3);
            TWidth.Store(target + (2 * targetStride), TWidth.ZipLow(even, odd));
            TWidth.Store(target + (3 * targetStride), TWidth.ZipHigh(even, odd));
            target += Square * targetStride;
        }
    }

    /// <summary>tile[j, i] = tile[i, j] for what stands right of the vectors on the diagonal, which are left as they are.</summary>
    public static void Mirror(float* tile, nint stride, int rows, int columns)
    {
        for (int row = 0; row < rows; row += TWidth.Lanes)
        {
            int column = row + TWidth.Lanes;
            Write(tile + (row * stride) + column, stride, columns - column, tile + (column * stride) + row, stride);
        }
    }
}
