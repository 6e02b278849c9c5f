using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The explicit form: its edges, and that it is differentiable twice.</summary>
public class HingeTests
{
    [Fact]
    public void AHingeOfExactlyZeroHasNoGradient()
    {
        using var scope = NewDisposeScope();
        var anchor = tensor(new float[,] { { 0 } }).requires_grad_();
        // 1 − 2 + 1
        var hinge = TripletFunctions.Hinge(anchor, tensor(new float[,] { { 1 } }), tensor(new float[,] { { 2 } }), 1, Distance.Euclidean);
        hinge.sum().backward();
        TensorNumbers.Of(hinge).Should().Equal(0);
        TensorNumbers.GradientOf(anchor).Should().Equal(0);
    }

    [Theory]
    [InlineData("squared-L2")]
    [InlineData("L2")]
    [InlineData("angular")]
    [InlineData("naive-root")]
    public void CoincidingPointsAndZeroVectorsHaveAZeroGradientNotNaN(string distance)
    {
        using var scope = NewDisposeScope();
        var points = tensor(new float[,] { { 1, 2 }, { 0, 0 } }).requires_grad_();
        TripletFunctions.Hinge(points, points, points, 1, DistancesUnderTest.Of(DistancesUnderTest.Named(distance)), swap: true).sum().backward();
        TensorNumbers.GradientOf(points).Should().OnlyContain(entry => entry == 0);
    }

    [Fact]
    public void TheHingeIsDifferentiableTwice()
    {
        using var scope = NewDisposeScope();
        var anchor = tensor(new[,] { { 1.0, 2.0 } }).requires_grad_();
        var hinge = TripletFunctions.Hinge(anchor, tensor(new[,] { { 3.0, 2.5 } }), tensor(new[,] { { 2.0, 1.0 } }), 1, Distance.Euclidean);
        var first = autograd.grad([hinge.sum()], [anchor], retain_graph: true, create_graph: true)[0];
        var second = autograd.grad([first.Squared().sum()], [anchor])[0];
        TensorNumbers.Of(second).Should().Contain(entry => entry != 0);
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void APointThatIsNotFiniteMakesAllHingesNaNWhereverItStands(float value)
    {
        using var scope = NewDisposeScope();
        var (finite, wrong) = (tensor(new float[,] { { 1 }, { 2 } }), tensor(new float[,] { { 1 }, { value } }));
        foreach (var (anchor, positive, negative) in new[] { (wrong, finite, finite), (finite, wrong, finite), (finite, finite, wrong) })
        {
            var leaf = anchor.clone().requires_grad_();
            var hinges = TripletFunctions.Hinge(leaf, positive, negative);
            hinges.sum().backward();
            TensorNumbers.Of(hinges).Should().OnlyContain(hinge => double.IsNaN(hinge));
            TensorNumbers.GradientOf(leaf).Should().OnlyContain(entry => double.IsNaN(entry));
        }
    }

    [Fact]
    public void NoTripletsHaveNoHinges()
    {
        using var scope = NewDisposeScope();
        TripletFunctions.Hinge(zeros(0, 3), zeros(0, 3), zeros(0, 3)).shape.Should().Equal(0);
        TripletFunctions.Hinge(zeros(0, 3), zeros(0, 3), zeros(0, 3), distance: DistancesUnderTest.Of(new ManhattanOracle())).shape.Should().Equal(0);
    }

    [Fact]
    public void PointsThatDoNotGoTogetherAreRefused()
    {
        using var scope = NewDisposeScope();
        FluentActions.Invoking(() => TripletFunctions.Hinge(zeros(3, 2), zeros(3, 2), zeros(2, 2)))
            .Should().Throw<ArgumentException>().WithMessage("negative must be Float32 [3, 2] like anchor, got Float32 [2, 2].*");
        FluentActions.Invoking(() => TripletFunctions.Hinge(zeros(3, 2, int64), zeros(3, 2), zeros(3, 2)))
            .Should().Throw<ArgumentException>().WithMessage("anchor must be float points [triplets, dim], got Int64 [3, 2].*");
        FluentActions.Invoking(() => TripletFunctions.IsKind(TripletKind.Any, zeros(3, 2), zeros(3), zeros(3, 2)))
            .Should().Throw<ArgumentException>().WithMessage("positive must be float points [triplets, dim], got Float32 [3].*");
    }
}
