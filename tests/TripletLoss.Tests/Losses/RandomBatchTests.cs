namespace TripletLoss.Tests;

/// <summary>
/// Every loss with every distance on random batches of all kinds, value and gradients, against plain loops: in float64, which the tensor kernel computes.
/// (The SIMD kernel has tests of its own, at its own tolerance.)
/// </summary>
public class RandomBatchTests
{
    private const int CasesEach = 120;

    public static TheoryData<string, string> Combinations()
    {
        var data = new TheoryData<string, string>();
        foreach (string kind in LossUnderTest.Kinds)
        {
            foreach (var distance in DistancesUnderTest.Oracles)
                data.Add(kind, distance.Name);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void EqualTheOracle(string kind, string distance)
    {
        int certain = 0;
        for (int seed = 0; seed < CasesEach; seed++)
        {
            var @case = RandomCase.Of(seed, kind, DistancesUnderTest.Named(distance)) with { Type = TorchSharp.torch.ScalarType.Float64 };
            CaseRun.Difference(@case, CaseTolerance.OfTensorKernel, out bool isCertain).Should().BeNull();
            certain += isCertain ? 1 : 0;
        }
        // Otherwise the doubts would hide what is wrong.
        certain.Should().BeGreaterThan(CasesEach / 2);
    }
}
