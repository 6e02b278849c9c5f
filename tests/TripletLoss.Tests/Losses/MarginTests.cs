using static TorchSharp.torch;

namespace TripletLoss.Tests;

public class MarginTests
{
    public static TheoryData<double> WrongMargins { get; } = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.1, -double.Epsilon];

    [Theory]
    [MemberData(nameof(WrongMargins))]
    public void AMarginThatIsNoFiniteNumberOfAtLeastZeroIsRefused(double margin)
    {
        using var scope = NewDisposeScope();
        var (labels, points) = (SmallBatch.Labels(), SmallBatch.Embeddings());
        Action[] actions =
        [
            () => _ = new TripletSemiHardLoss(margin),
            () => _ = new TripletHardLoss(margin),
            () => _ = new TripletBatchAllLoss(margin),
            () => TripletFunctions.SemiHard(labels, points, margin),
            () => TripletFunctions.Hard(labels, points, margin),
            () => TripletFunctions.BatchAll(labels, points, margin),
            () => TripletFunctions.Hinge(points, points, points, margin),
            () => TripletFunctions.IsKind(TripletKind.Hard, points, points, points, margin),
            () => TripletMiner.BatchAll(labels, points, margin),
        ];
        foreach (var action in actions)
        {
            action.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("margin")
                .Which.Message.Should().StartWith($"margin must be a finite number of at least 0, got {margin}.");
        }
    }

    [Fact]
    public void AMarginOfZeroIsAllowed() => new TripletSemiHardLoss(0).Margin.Should().Be(0);

    [Fact]
    public void AReductionThatDoesNotExistIsRefused() =>
        FluentActions.Invoking(() => new TripletHardLoss(reduction: (LossReduction)9)).Should().Throw<ArgumentOutOfRangeException>()
            .Which.Message.Should().StartWith("reduction must be one of SumOverBatchSize, Sum, None, MeanWithSampleWeight, got 9.");
}
