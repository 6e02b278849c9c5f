using System.Runtime.Intrinsics;

namespace TripletLoss.Tests;

public unsafe class TranspositionTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(192)]
    public void Rows_become_columns_at_every_width(int columns)
    {
        Check<Width128, Vector128<float>>(columns);
        Check<Width256, Vector256<float>>(columns);
        Check<Width512, Vector512<float>>(columns);
    }

    private static void Check<TWidth, TVector>(int columns)
        where TWidth : struct, IVectorWidth<TVector>
        where TVector : struct
    {
        int rows = TWidth.Lanes, stride = columns + 5, targetStride = rows + 3;
        var source = Enumerable.Range(0, rows * stride).Select(place => (float)place).ToArray();
        var expected = Enumerable.Repeat(-1f, columns * targetStride).ToArray();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                expected[(column * targetStride) + row] = source[(row * stride) + column];
        }

        var target = Enumerable.Repeat(-1f, expected.Length).ToArray();
        fixed (float* from = source, to = target)
            Transposition<TWidth, TVector>.Write(from, stride, columns, to, targetStride);
        target.Should().Equal(expected);
    }
}
