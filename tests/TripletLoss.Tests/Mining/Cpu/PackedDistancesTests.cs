using System.Runtime.Intrinsics;

namespace TripletLoss.Tests;

public unsafe class PackedDistancesTests
{
    private const float Untouched = -1;

    [Theory]
    [InlineData(1, 5)]
    [InlineData(16, 5)]
    [InlineData(17, 5)]
    [InlineData(33, 5)]
    [InlineData(48, 5)]
    [InlineData(64, 300)]
    [InlineData(95, 300)]
    public void Every_pair_has_its_distance_and_nothing_beyond_its_vectors_is_written(int count, int dimension)
    {
        foreach (bool upper in new[] { false, true })
        {
            Check<Width128, Vector128<float>>(count, dimension, upper);
            Check<Width256, Vector256<float>>(count, dimension, upper);
            Check<Width512, Vector512<float>>(count, dimension, upper);
        }
    }

    // Whole numbers, so that every sum is exact.
    private static void Check<TWidth, TVector>(int count, int dimension, bool upper)
        where TWidth : struct, IVectorWidth<TVector>
        where TVector : struct
    {
        Random random = new(count);
        float[] points = [.. Enumerable.Range(0, count * dimension).Select(_ => (float)random.Next(-9, 10))];
        long[] labels = [.. Enumerable.Range(0, count)];
        int lanes = TWidth.Lanes, panels = (count + (3 * lanes) - 1) / (3 * lanes), rows = (count + 3) / 4 * 4, stride = panels * 3 * lanes;
        using NativeArena arena = new();
        float* tile = arena.AllocateFilled((long)rows * stride, Untouched);
        fixed (float* first = points)
        fixed (long* label = labels)
        {
            SimdProblem problem = new()
            {
                AnchorCount = count,
                ReferenceCount = count,
                Dimension = dimension,
                Anchors = first,
                References = first,
                MinesItself = true,
                AnchorLabels = label,
                ReferenceLabels = label,
            };
            ClassIndex classes = new(problem, arena);
            PackedPoints<TWidth, TVector> packed = new(first, classes.ReferenceOrder, arena.AllocateZeroed<float>(dimension), count, dimension, arena);
            for (int panel = 0; panel < packed.PanelCount; panel++)
                packed.PackPanel(panel);
            PackedDistances<TWidth, TVector> distances = new(problem, packed, packed, classes, arena.AllocateZeroed<float>(dimension), close: 1e-4f);
            distances.Fill(0, rows, 0, packed.PanelCount, tile, stride, upper, ownClass: true);
        }

        for (int i = 0; i < count; i++)
        {
            int from = upper ? i / lanes * lanes : 0, end = (count + lanes - 1) / lanes * lanes;
            new Span<float>(tile + ((nint)i * stride), stride).ToArray().Should().Equal(
                Enumerable.Range(0, stride).Select(j => j >= from && j < end ? Squared(i, j) : Untouched));
        }

        // Missing points are zeros.
        float Squared(int i, int j) => Enumerable.Range(0, dimension).Sum(k => MathF.Pow(points[(i * dimension) + k] - (j < count ? points[(j * dimension) + k] : 0), 2));
    }
}
