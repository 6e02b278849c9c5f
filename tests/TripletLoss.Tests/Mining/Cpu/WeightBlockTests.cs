using System.Runtime.Intrinsics;

namespace TripletLoss.Tests;

public unsafe class WeightBlockTests
{
    private const int Rows = 16;
    private const int Columns = 53;

    [Fact]
    public void A_zero_is_like_another_whatever_its_sign()
    {
        Check<Width128, Vector128<float>>();
        Check<Width256, Vector256<float>>();
        Check<Width512, Vector512<float>>();

        static void Check<TWidth, TVector>()
            where TWidth : struct, IVectorWidth<TVector>
            where TVector : struct
        {
            // Where the block looks for what is usual stand two others.
            var (areFew, alike) = Take<TWidth, TVector>((_, column) => column == Columns / 4 ? 1 : column == Columns / 2 ? 2 : -0f);
            areFew.Should().BeTrue();
            alike.Should().OnlyContain(weight => BitConverter.SingleToInt32Bits(weight) == 0);
            (areFew, alike) = Take<TWidth, TVector>((row, column) => (row + column) % 2 == 0 ? 0f : -0f);
            areFew.Should().BeTrue();
            alike.Should().OnlyContain(weight => BitConverter.SingleToInt32Bits(weight) == 0);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_not_finite_is_like_nothing(float weight)
    {
        var (areFew, alike) = Take<Width128, Vector128<float>>((row, _) => row == 3 ? weight : 0);
        areFew.Should().BeTrue();
        alike.Should().OnlyContain(usual => usual == 0);
        Take<Width128, Vector128<float>>((_, _) => weight).AreFew.Should().BeFalse();
    }

    private static (bool AreFew, float[] Alike) Take<TWidth, TVector>(Func<int, int, float> weight)
        where TWidth : struct, IVectorWidth<TVector>
        where TVector : struct
    {
        using NativeArena arena = new();
        float* weights = arena.Allocate<float>(Rows * Columns);
        for (int place = 0; place < Rows * Columns; place++)
            weights[place] = weight(place / Columns, place % Columns);
        // The points matter only where something else than 0 is usual.
        WeightBlock<TWidth, TVector> block = new(null!, Rows, total: null, arena);
        block.Take(weights, Columns, 0, Rows, 0, Columns);
        return (block.AreFew, new Span<float>(block.Alike, Rows).ToArray());
    }
}
