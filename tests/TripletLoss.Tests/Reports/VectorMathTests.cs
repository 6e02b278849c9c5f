namespace TripletLoss.Tests;

public sealed class VectorMathTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(1020)]
    [InlineData(-500)]
    [InlineData(-525)]
    [InlineData(-1000)]
    public void Normalises_a_vector_of_any_length_as_it_does_one_of_moderate_length(int exponent)
    {
        var random = new Random(5);
        double[] moderate = [.. Enumerable.Range(0, 19).Select(_ => random.NextDouble() - 0.5)];
        double[] scaled = [.. moderate.Select(x => Math.ScaleB(x, exponent))];
        double expected = Math.Sqrt(moderate.Sum(x => x * x)), length = Math.ScaleB(VectorMath.Normalise(scaled), -exponent);
        length.Should().BeApproximately(expected, 1e-14);
        foreach (var (x, direction) in moderate.Zip(scaled))
            direction.Should().BeApproximately(x / expected, 1e-14);
    }
}
