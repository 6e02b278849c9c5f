namespace TripletLoss.Tests;

/// <summary>Every loss with every distance on random batches of all kinds, value and gradients, against plain loops.</summary>
public class RandomBatchTests
{
    private const int CasesEach = 150;

    [Theory]
    [MemberData(nameof(LossMatrix.Combinations), MemberType = typeof(LossMatrix))]
    public void EqualTheOracle(string kind, string distance)
    {
        int certain = 0;
        for (int seed = 0; seed < CasesEach; seed++)
        {
            var @case = RandomCase.Of(seed, kind, DistancesUnderTest.Named(distance));
            CaseRun.Difference(@case, CaseTolerance.OfLoss, out bool isCertain).Should().BeNull();
            certain += isCertain ? 1 : 0;
        }
        // Otherwise the doubts would hide what is wrong.
        certain.Should().BeGreaterThan(CasesEach / 2);
    }
}
