using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>What must not change the losses.</summary>
public class InvarianceTests
{
    public static TheoryData<string, string> Combinations => LossMatrix.Combinations();

    [Theory]
    [MemberData(nameof(Combinations))]
    public void PermutingTheBatchPermutesTheLosses(string kind, string distance) => ForBatches((labels, points) =>
    {
        long[] order = [.. Enumerable.Range(0, labels.Length).Select(i => (long)i)];
        new Random(labels.Length).Shuffle(order);
        double[] permuted = Losses(kind, distance, [.. order.Select(i => labels[i])], points[tensor(order)]);
        double[] straight = Losses(kind, distance, labels, points);
        AssertEqual(permuted, [.. order.Select(i => straight[i])]);
    });

    [Theory]
    [MemberData(nameof(Combinations))]
    public void RenamingTheClassesChangesNothing(string kind, string distance) => ForBatches((labels, points) =>
        Losses(kind, distance, [.. labels.Select(label => long.MaxValue - (label * label * 1000))], points)
            .Should().Equal(Losses(kind, distance, labels, points)));

    [Theory]
    [InlineData("squared-L2")]
    [InlineData("L2")]
    [InlineData("manhattan")]
    [InlineData("skewed")]
    public void MovingAllPointsChangesNothing(string distance) => ForBatches((labels, points) =>
    {
        foreach (string kind in LossUnderTest.Kinds)
            AssertEqual(Losses(kind, distance, labels, points.Plus(1000)), Losses(kind, distance, labels, points));
    });

    [Theory]
    [InlineData("squared-L2")]
    [InlineData("L2")]
    [InlineData("angular")]
    public void TurningAllPointsChangesNothing(string distance) => ForBatches((labels, points) =>
    {
        var turned = cat([points.narrow(1, 1, 1).Times(0.8) - points.narrow(1, 0, 1).Times(0.6), points.narrow(1, 1, 1).Times(0.6).Plus(points.narrow(1, 0, 1).Times(0.8)), -points.narrow(1, 2, 1)], 1);
        foreach (string kind in LossUnderTest.Kinds)
            AssertEqual(Losses(kind, distance, labels, turned), Losses(kind, distance, labels, points));
    });

    [Fact]
    public void TheCosineDistanceDoesNotSeeLengths() => ForBatches((labels, points) =>
    {
        double[] lengths = [.. Enumerable.Range(0, labels.Length).Select(i => Math.Pow(10, (i % 13) - 6))];
        var stretched = points * TensorNumbers.ToTensor(lengths, lengths.Length, 1);
        foreach (string kind in LossUnderTest.Kinds)
            AssertEqual(Losses(kind, "angular", labels, stretched), Losses(kind, "angular", labels, points));
    });

    [Theory]
    [MemberData(nameof(SmallBatch.Kinds), MemberType = typeof(SmallBatch))]
    public void WeightsOfOneChangeNothing(string kind)
    {
        foreach (var reduction in Enum.GetValues<LossReduction>())
        {
            using var scope = NewDisposeScope();
            var (labels, points, loss) = (SmallBatch.Labels(), SmallBatch.Embeddings(), SmallBatch.Loss(kind, reduction: reduction));
            double[] expected = TensorNumbers.Of(loss.Call(labels, points));
            foreach (var weights in new[] { tensor(1.0f), ones(6), ones(6, 1), ones(6, int64) })
                AssertEqual(TensorNumbers.Of(loss.Call(labels, points, weights)), expected);
        }
    }

    [Theory]
    [MemberData(nameof(SmallBatch.Kinds), MemberType = typeof(SmallBatch))]
    public void NoReductionAndThenTheMeanIsTheDefault(string kind)
    {
        using var scope = NewDisposeScope();
        var (labels, direct, unreduced) = (SmallBatch.Labels(), SmallBatch.Embeddings(), SmallBatch.Embeddings());
        var value = SmallBatch.Loss(kind).Call(labels, direct);
        var mean = SmallBatch.Loss(kind, reduction: LossReduction.None).Call(labels, unreduced).mean();
        value.backward();
        mean.backward();
        AssertEqual(TensorNumbers.Of(value), TensorNumbers.Of(mean));
        AssertEqual(TensorNumbers.GradientOf(direct), TensorNumbers.GradientOf(unreduced));
    }

    [Theory]
    [MemberData(nameof(SmallBatch.Kinds), MemberType = typeof(SmallBatch))]
    public void AModuleIsTheLossItself(string kind)
    {
        using var scope = NewDisposeScope();
        var (labels, direct, byModule) = (SmallBatch.Labels(), SmallBatch.Embeddings(), SmallBatch.Embeddings());
        var value = SmallBatch.Loss(kind).Call(labels, direct);
        var same = SmallBatch.Loss(kind).AsModule().call(byModule, labels);
        value.backward();
        same.backward();
        TensorNumbers.Of(same).Should().Equal(TensorNumbers.Of(value));
        TensorNumbers.GradientOf(byModule).Should().Equal(TensorNumbers.GradientOf(direct));
    }

    private static void ForBatches(Action<long[], Tensor> check)
    {
        foreach (int size in new[] { 5, 12, 33 })
        {
            using var scope = NewDisposeScope();
            check([.. Enumerable.Range(0, size).Select(i => (long)(i * 7 % 5 % 4))], SmallBatch.Points(size, 3, ScalarType.Float64, seed: size).detach());
        }
    }

    private static double[] Losses(string kind, string distance, long[] labels, Tensor points) => TensorNumbers.Of(
        new LossUnderTest(kind, 1, DistancesUnderTest.Named(distance)).Create(LossReduction.None).Call(tensor(labels), points));

    private static void AssertEqual(double[] found, double[] expected)
    {
        found.Should().HaveSameCount(expected).And.Contain(loss => loss != 0);
        for (int i = 0; i < found.Length; i++)
            found[i].Should().BeApproximately(expected[i], 1e-6 * (1 + Math.Abs(expected[i])), "of entry {0}", i);
    }
}
