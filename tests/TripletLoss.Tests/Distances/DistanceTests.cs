using static TorchSharp.torch;

namespace TripletLoss.Tests;

public class DistanceTests
{
    [Fact]
    public void TheCatalogueHasThreeUnderTheirNamesInJson() =>
        new[] { Distance.SquaredEuclidean, Distance.Euclidean, Distance.Cosine }.Select(distance => distance.Name)
            .Should().Equal("squared-L2", "L2", "angular");

    [Fact]
    public void ADistanceIsRegisteredOnceUnderAName()
    {
        var mine = Distance.Register("tests-L1", (x, y) => (x.unsqueeze(1) - y).abs().sum(2));
        mine.Name.Should().Be("tests-L1");
        FluentActions.Invoking(() => Distance.Register("tests-L1", (x, y) => x)).Should().Throw<ArgumentException>()
            .WithMessage("a distance named 'tests-L1' is registered already.*");
        FluentActions.Invoking(() => Distance.Register("L2", (x, y) => x)).Should().Throw<ArgumentException>()
            .WithMessage("a distance named 'L2' is registered already.*");
        FluentActions.Invoking(() => Distance.Register(" ", (x, y) => x)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Distance.Register("nothing", null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => Distance.Create(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void AFunctionThatReturnsAWrongShapeOrTypeIsRefused()
    {
        Refused((x, y) => x, "the distance 'custom' must return Float32 [*, 6] for x [*, 3] and y [6, 3], got Float32 [*, 3].");
        Refused((x, y) => (x.unsqueeze(1) - y).Squared(), "the distance 'custom' must return Float32 [*, 6]*");
        Refused((x, y) => (x.unsqueeze(1) - y).abs().sum(2).to_type(float64), "the distance 'custom' must return Float32 [*, 6]*, got Float64 [*, 6].");
        Refused((x, y) => null!, "the distance 'custom' must return Float32 [*, 6]*, got null.");
    }

    [Fact]
    public void WhatAFunctionThrowsReachesTheCaller()
    {
        using var scope = NewDisposeScope();
        FluentActions.Invoking(() => Call((x, y) => throw new NotSupportedException("mine"))).Should().Throw<NotSupportedException>().WithMessage("mine");
    }

    [Fact]
    public void ADistanceThatIsNotFiniteMakesTheLossNaN()
    {
        using var scope = NewDisposeScope();
        TensorNumbers.Of(Call((x, y) => (x.unsqueeze(1) - y).Squared().sum(2).Times(double.NaN))).Should().OnlyContain(value => double.IsNaN(value));
    }

    [Fact]
    public void AZeroVectorIsExactlyAsFarFromAllByCosine()
    {
        using var scope = NewDisposeScope();
        // Directions whose length is not 1 once they are rounded.
        var references = new ReferenceSet(tensor([.. Enumerable.Range(0, 12).Select(i => i / 8L)]), SmallBatch.Points(12, 7).detach());
        var value = new TripletBatchAllLoss(0, activeOnly: false, Distance.Cosine).Call(zeros(1, int64), zeros(1, 7), references);
        value.item<float>().Should().Be(0, "a hinge of 1 − 1 is not active");
    }

    private static Tensor Call(Func<Tensor, Tensor, Tensor> matrix) =>
        new TripletHardLoss(distance: Distance.Create(matrix)).Call(SmallBatch.Labels(), SmallBatch.Embeddings());

    private static void Refused(Func<Tensor, Tensor, Tensor> matrix, string message)
    {
        using var scope = NewDisposeScope();
        FluentActions.Invoking(() => Call(matrix)).Should().Throw<InvalidOperationException>().WithMessage(message);
    }
}
