using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Batches of several tiles, on integer grids, where every choice has to be the oracle's own.</summary>
public class LargeBatchTests
{
    public static TheoryData<string, string> Combinations() => LossMatrix.With(["squared-L2", "L2", "manhattan"]);

    [Theory]
    [MemberData(nameof(Combinations))]
    public void TilesDoNotShow(string kind, string distance)
    {
        // Two tiles and a third that is not full.
        var @case = RandomCase.Of(0, kind, DistancesUnderTest.Named(distance)) with
        {
            Cloud = PointCloud.Grid,
            Type = ScalarType.Float32,
            Points = Points(1100),
            References = null,
            LabelType = ScalarType.Int64,
            Weights = new CaseWeights(WeightKind.None, [], false),
        };
        foreach (var reduction in distance == "manhattan" ? [LossReduction.Sum] : new[] { LossReduction.SumOverBatchSize, LossReduction.None })
            CaseRun.Difference(@case with { Reduction = reduction }, CaseTolerance.OfTensorKernel).Should().BeNull();
    }

    private static CasePoints Points(int count)
    {
        var random = new Random(3);
        return new([.. Enumerable.Range(0, count).Select(i => (long)(i % (count / 3)))], PointCloud.Grid.Scatter(random, count, 4), 4);
    }
}
