namespace TripletLoss.Tests;

public unsafe class GradientRowsTests
{
    [Theory]
    [InlineData(3, 48, 0)]
    [InlineData(1100, 48, 0)]
    [InlineData(1100, 64, 0)]
    [InlineData(1100, 64, 4)]
    [InlineData(1100, 63, 0)]
    public void Every_row_arrives_and_nothing_else_is_touched(int count, int dimension, int shift)
    {
        const float Untouched = -1;
        foreach (bool isRead in new[] { false, true })
        {
            using NativeArena arena = new();
            using WorkCrew crew = new(3);
            long length = (long)count * dimension;
            float* memory = arena.AllocateFilled(shift + length + 1, Untouched), gradient = memory + shift;
            GradientRows rows = new(count, dimension, isRead, crew.MaximumWorkers, arena);
            crew.Run(count, (worker, row) =>
            {
                for (int k = 0; k < dimension; k++)
                    rows.Of(worker)[k] = (row * dimension) + k;
                rows.Write(worker, gradient + ((long)row * dimension));
                GradientRows.Publish();
            });

            new Span<float>(memory, shift).ToArray().Should().Equal(Enumerable.Repeat(Untouched, shift));
            new Span<float>(gradient, (int)length).ToArray().Should().Equal(Enumerable.Range(0, (int)length).Select(place => (float)place));
            gradient[length].Should().Be(Untouched);
        }
    }
}
