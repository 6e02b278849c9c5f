using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>A loss that a user writes outside of the library, with public members only: (1 + |x|²) · scale, by ordinary autograd.</summary>
public sealed class NormLoss(double scale = 1, LossReduction reduction = LossReduction.SumOverBatchSize, string? name = null)
    : Loss(reduction, name, ("scale", scale))
{
    public static NormLoss FromConfig(LossConfig config)
    {
        config = config.WithDefaultsOf(new NormLoss());
        return new(config.GetDouble("scale"), config.Reduction, config.Name);
    }

    protected override Tensor PerAnchor(LossInput input) => input.Embeddings.Squared().sum(1).Plus(1).Times(scale);
}

/// <summary>One that gives a scalar where one number an anchor is due.</summary>
public sealed class WrongShapeLoss() : Loss(LossReduction.Sum, null)
{
    protected override Tensor PerAnchor(LossInput input) => input.Embeddings.sum();
}

/// <summary>One that gives nothing.</summary>
public sealed class NothingLoss() : Loss(LossReduction.Sum, null)
{
    protected override Tensor PerAnchor(LossInput input) => default!;
}

/// <summary>One that pulls each anchor towards the nearest of what it is given to mine.</summary>
public sealed class NearestLoss() : Loss(LossReduction.Sum, null)
{
    protected override Tensor PerAnchor(LossInput input) => cdist(input.Embeddings, input.References).min(1).values;
}

public class UserLossTests
{
    private static readonly float[,] Points = { { 1, 0 }, { 0, 2 }, { 0, 0 } };

    static UserLossTests() => Losses.Register(nameof(NormLoss), NormLoss.FromConfig);

    [Theory]
    [InlineData(LossReduction.SumOverBatchSize, new[] { (4.0 + 0.0 + 3.0) / 3 })]
    [InlineData(LossReduction.Sum, new[] { 7.0 })]
    [InlineData(LossReduction.None, new[] { 4.0, 0.0, 3.0 })]
    [InlineData(LossReduction.MeanWithSampleWeight, new[] { 7.0 / 5 })]
    public void IsWeightedAndReducedLikeAnyOther(LossReduction reduction, double[] expected)
    {
        using var scope = NewDisposeScope();
        var weights = tensor(new float[] { 2, 0, 3 });
        double[] found = TensorNumbers.Of(new NormLoss(reduction: reduction).Call(zeros(3, int64), tensor(Points), weights));
        found.Should().HaveSameCount(expected);
        for (int i = 0; i < found.Length; i++)
            found[i].Should().BeApproximately(expected[i], 1e-6);
    }

    [Fact]
    public void HasItsOwnGradientAndGivesTheWeightsTheirs()
    {
        using var scope = NewDisposeScope();
        var (points, weights) = (tensor(Points).requires_grad_(), ones(3).requires_grad_());
        new NormLoss(scale: 2, LossReduction.Sum).Call(zeros(3, int64), points, weights).backward();
        TensorNumbers.GradientOf(points).Should().Equal(4, 0, 0, 8, 0, 0);
        TensorNumbers.GradientOf(weights).Should().Equal(4, 10, 2);
    }

    [Fact]
    public void SurvivesJson()
    {
        using var scope = NewDisposeScope();
        var loss = new NormLoss(0.25, LossReduction.Sum, "mine");
        var same = Losses.Deserialize(Losses.Serialize(loss));
        same.Should().BeOfType<NormLoss>();
        same.GetConfig().Should().Equal(loss.GetConfig());
        TensorNumbers.Of(same.Call(zeros(3, int64), tensor(Points))).Should().Equal(2);
    }

    [Fact]
    public void IsCheckedLikeAnyOther() => FluentActions.Invoking(() => new NormLoss().Call(zeros(3, 2), zeros(3, int64)))
        .Should().Throw<ArgumentException>().WithMessage("*Did you swap yTrue and yPred?*");

    [Fact]
    public void AResultOfAWrongShapeIsRefused()
    {
        using var scope = NewDisposeScope();
        FluentActions.Invoking(() => new WrongShapeLoss().Call(zeros(3, int64), tensor(Points)))
            .Should().Throw<InvalidOperationException>().WithMessage("WrongShapeLoss must return per-anchor losses [3], got Float32 [].*");
    }

    [Fact]
    public void NoResultAtAllIsRefusedByTheNameOfTheClass()
    {
        using var scope = NewDisposeScope();
        foreach (var call in (Action[])[
            () => new NothingLoss().Call(zeros(3, int64), tensor(Points)), () => new NothingLoss().Inspect(zeros(3, int64), tensor(Points)),
            () => new NothingLoss().AsModule().call(tensor(Points), zeros(3, int64))])
            call.Should().Throw<InvalidOperationException>().WithMessage("NothingLoss must return per-anchor losses [3], got null.");
    }

    [Fact]
    public void ReferencesThatItNeverLooksAtAreAnError()
    {
        using var scope = NewDisposeScope();
        var references = new ReferenceSet(zeros(2, int64), tensor(new float[,] { { 1, 0 }, { 0, 0 } }));
        using var memory = new CrossBatchMemory(new NormLoss(), 4);
        memory.Call(zeros(3, int64), tensor(Points)); // nothing to mine against yet
        foreach (var call in (Action[])[
            () => new NormLoss().Call(zeros(3, int64), tensor(Points), references), () => new NormLoss().Inspect(zeros(3, int64), tensor(Points), references),
            () => memory.Call(zeros(3, int64), tensor(Points))])
            call.Should().Throw<InvalidOperationException>().WithMessage("NormLoss was given references and did not use them: *input.References*");
        TensorNumbers.Of(new NearestLoss().Call(zeros(3, int64), tensor(Points), references)).Should().Equal(2);
        TensorNumbers.Of(new NearestLoss().Call(zeros(3, int64), tensor(Points))).Should().Equal(0);
    }

    [Theory]
    [InlineData(LossReduction.SumOverBatchSize, nn.Reduction.Mean)]
    [InlineData(LossReduction.MeanWithSampleWeight, nn.Reduction.Mean)]
    [InlineData(LossReduction.Sum, nn.Reduction.Sum)]
    [InlineData(LossReduction.None, nn.Reduction.None)]
    public void ItsModuleHasTheReductionThatItHas(LossReduction reduction, nn.Reduction expected)
    {
        foreach (var loss in (Loss[])[new NormLoss(reduction: reduction), new TripletSemiHardLoss(reduction: reduction), new TripletBatchAllLoss(reduction: reduction)])
            loss.AsModule().reduction.Should().Be(expected);
    }

    [Fact]
    public void SeesTheBatchInTheTypesItIsComputedIn()
    {
        using var scope = NewDisposeScope();
        TensorNumbers.Of(new NormLoss().Call(zeros(3, int32), tensor(Points).to_type(ScalarType.Float16))).Should().Equal(8.0f / 3);
    }
}
