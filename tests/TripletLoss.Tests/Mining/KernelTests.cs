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
}
