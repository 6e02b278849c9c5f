using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The three worked examples of the article on TripletHardLoss and TripletSemiHardLoss with Siamese networks, with our API.</summary>
public class ArticleTests
{
    private static readonly float[,] Anchors = { { 1, 2 }, { 3, 4 } };
    private static readonly float[,] Positives = { { 1.5f, 2.5f }, { 3.5f, 4.5f } };

    [Fact]
    public void FarNegativesCostNothing()
    {
        using var scope = NewDisposeScope();
        var hinges = TripletFunctions.Hinge(tensor(Anchors), tensor(Positives), tensor(new float[,] { { 5, 6 }, { 7, 8 } }), margin: 1);
        TensorNumbers.Of(hinges).Should().Equal(0, 0);
    }

    [Fact]
    public void ATieIsHardAndHasALoss()
    {
        using var scope = NewDisposeScope();
        var negatives = tensor(new float[,] { { 5, 6 }, { 2.5f, 3.5f } });
        var hard = TripletFunctions.IsKind(TripletKind.Hard, tensor(Anchors), tensor(Positives), negatives, margin: 1);
        var semiHard = TripletFunctions.IsKind(TripletKind.SemiHard, tensor(Anchors), tensor(Positives), negatives, margin: 1);
        TensorNumbers.Of(hard).Should().Equal(0, 1);
        TensorNumbers.Of(semiHard).Should().Equal(0, 0);
        TensorNumbers.Of(TripletFunctions.IsKind(TripletKind.Easy, tensor(Anchors), tensor(Positives), negatives)).Should().Equal(1, 0);

        var hinges = TripletFunctions.Hinge(tensor(Anchors), tensor(Positives), negatives, margin: 1);
        TensorNumbers.Of(hinges).Should().Equal(0, 1);
        TensorNumbers.Of((hinges * hard.to_type(float32)).mean()).Should().Equal(0.5);
        TensorNumbers.Of((hinges * semiHard.to_type(float32)).mean()).Should().Equal(0);
    }

    [Theory]
    [InlineData("squared-L2")]
    [InlineData("L2")]
    [InlineData("angular")]
    [InlineData("manhattan")]
    public void MinedTripletsTrainLikeTheSemiHardLoss(string distance) => AssertTrainsAlike(
        distance, (labels, points, d) => TripletMiner.BatchSemiHard(labels, points, d), d => new TripletSemiHardLoss(1, d));

    [Theory]
    [InlineData("squared-L2")]
    [InlineData("L2")]
    [InlineData("angular")]
    [InlineData("manhattan")]
    public void MinedTripletsTrainLikeTheHardLossWhereEveryAnchorHasBoth(string distance) => AssertTrainsAlike(
        distance, (labels, points, d) => TripletMiner.BatchHard(labels, points, d), d => new TripletHardLoss(1, soft: false, d));

    [Theory]
    [InlineData("squared-L2")]
    [InlineData("manhattan")]
    public void AllTripletsTrainLikeTheBatchAllLoss(string distance) => AssertTrainsAlike(
        distance, (labels, points, d) => TripletMiner.BatchAll(labels, points, 1, TripletKind.Any, d), d => new TripletBatchAllLoss(1, activeOnly: false, d));

    private static void AssertTrainsAlike(string name, Func<Tensor, Tensor, Distance, TripletIndices> mine, Func<Distance, Loss> loss)
    {
        using var scope = NewDisposeScope();
        var distance = DistancesUnderTest.Of(DistancesUnderTest.Named(name));
        var labels = tensor(Enumerable.Range(0, 24).Select(i => (long)(i % 6)).ToArray());
        var (direct, mined) = (SmallBatch.Points(24, 5, ScalarType.Float64), SmallBatch.Points(24, 5, ScalarType.Float64));
        var value = loss(distance).Call(labels, direct);
        value.backward();

        using var triplets = mine(labels, mined, distance);
        var hinge = TripletFunctions.Hinge(mined[triplets.Anchors], mined[triplets.Positives], mined[triplets.Negatives], 1, distance).mean();
        hinge.backward();

        TensorNumbers.Of(hinge)[0].Should().BeApproximately(TensorNumbers.Of(value)[0], 1e-9).And.BeGreaterThan(0);
        var (expected, found) = (TensorNumbers.GradientOf(direct), TensorNumbers.GradientOf(mined));
        for (int i = 0; i < found.Length; i++)
            found[i].Should().BeApproximately(expected[i], 1e-9, "of entry {0}", i);
    }
}
