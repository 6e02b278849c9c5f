namespace TripletLoss.Tests;

/// <summary>Every kernel at every width against the oracle, and so against each other, on the cases that <c>TripletLoss.Fuzz</c> goes on with.</summary>
public class KernelTests
{
    private const int Cases = 800;

    public static TheoryData<string> Names => [.. KernelUnderTest.All.Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EqualTheOracle(string name)
    {
        var kernel = KernelUnderTest.All.Single(kernel => kernel.Name == name);
        for (int seed = 0; seed < Cases; seed++)
            kernel.Difference(RandomCase.Of(seed, largest: 40)).Should().BeNull();
    }

    // A zero vector among directions, equal directions, choices within the rounding of float32, ties of square roots, close pairs of small coordinates, doubtful triplets of tiny vectors, and distances just too large to be repaired.
    [Theory]
    [InlineData(20275503)]
    [InlineData(20287119)]
    [InlineData(20311841)]
    [InlineData(20308862)]
    [InlineData(21051222)]
    [InlineData(21084276)]
    [InlineData(20344581)]
    [InlineData(20529568)]
    [InlineData(20261221191)]
    [InlineData(30000312732)]
    public void EqualTheOracleWhereRandomCallsOnceDiffered(long seed)
    {
        foreach (var kernel in KernelUnderTest.All)
            kernel.Difference(RandomCase.Of(seed, largest: 16)).Should().BeNull();
    }
}
