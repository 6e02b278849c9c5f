using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The gradient of a gradient is an error, never a plausible wrong number; the first one is right with a graph as well.</summary>
public class SecondOrderTests
{
    private static readonly float[,] Points = { { 0 }, { 2 }, { 3 } };

    [Theory]
    [MemberData(nameof(SmallBatch.Kinds), MemberType = typeof(SmallBatch))]
    public void AGradientWithAGraphIsThatWithoutOne(string kind)
    {
        foreach (var reduction in Enum.GetValues<LossReduction>())
        {
            using var scope = NewDisposeScope();
            var (plain, graphed) = (SmallBatch.Embeddings(), SmallBatch.Embeddings());
            SmallBatch.Loss(kind, reduction: reduction).Call(SmallBatch.Labels(), plain).sum().backward();
            var gradient = autograd.grad([SmallBatch.Loss(kind, reduction: reduction).Call(SmallBatch.Labels(), graphed).sum()], [graphed], retain_graph: true, create_graph: true)[0];
            TensorNumbers.Of(gradient).Should().Equal(TensorNumbers.GradientOf(plain));
        }
    }

    [Theory]
    [MemberData(nameof(SmallBatch.Kinds), MemberType = typeof(SmallBatch))]
    public void ASecondBackwardIsAnError(string kind)
    {
        foreach (var reduction in Enum.GetValues<LossReduction>())
        {
            using var scope = NewDisposeScope();
            // By w: dL/dw = 2w Σ x·g and its derivative is not what a constant g would give.
            var weight = ones(1).requires_grad_();
            var value = SmallBatch.Loss(kind, reduction: reduction).Call(tensor(new long[] { 0, 0, 1 }), tensor(Points) * weight * weight).sum();
            var first = autograd.grad([value], [weight], retain_graph: true, create_graph: true)[0];
            FluentActions.Invoking(() => first.sum().backward()).Should().Throw<ExternalException>().WithMessage("*nextafter*not implemented*");
        }
    }

    [Fact]
    public void APenaltyOnTheGradientIsAnError()
    {
        using var scope = NewDisposeScope();
        var points = SmallBatch.Embeddings();
        var value = new TripletSemiHardLoss(margin: 100).Call(SmallBatch.Labels(), points);
        var gradient = autograd.grad([value * tensor(3f)], [points], retain_graph: true, create_graph: true)[0];
        FluentActions.Invoking(() => (gradient * gradient).sum().backward()).Should().Throw<ExternalException>().WithMessage("*nextafter*not implemented*");
    }

    [Theory]
    [InlineData(LossReduction.Sum)]
    [InlineData(LossReduction.SumOverBatchSize)]
    [InlineData(LossReduction.MeanWithSampleWeight)]
    public void ThroughTheWeightsIsAnErrorAsWell(LossReduction reduction)
    {
        using var scope = NewDisposeScope();
        var (points, references) = (SmallBatch.Embeddings(), SmallBatch.Embeddings());
        var weights = ones(points.shape[0]).requires_grad_();
        var loss = new TripletSemiHardLoss(margin: 100, reduction: reduction);
        foreach (var value in new[]
        {
            loss.Call(SmallBatch.Labels(), points, weights),
            loss.Call(SmallBatch.Labels(), points.detach(), new ReferenceSet(SmallBatch.Labels(), references), weights),
            loss.Call(SmallBatch.Labels(), points, new ReferenceSet(SmallBatch.Labels(), references), weights),
        })
        {
            var gradient = autograd.grad([value * value], [weights], retain_graph: true, create_graph: true)[0];
            FluentActions.Invoking(() => (gradient * gradient).sum().backward()).Should().Throw<ExternalException>().WithMessage("*nextafter*not implemented*");
        }
    }

    [Fact]
    public void EmbeddingsChangedBeforeBackwardDoNotMatter()
    {
        using var scope = NewDisposeScope();
        foreach (var reduction in new[] { LossReduction.Sum, LossReduction.None })
        {
            var points = SmallBatch.Embeddings();
            var loss = new TripletSemiHardLoss(reduction: reduction);
            var expected = SmallBatch.Embeddings();
            loss.Call(SmallBatch.Labels(), expected).sum().backward();
            var value = loss.Call(SmallBatch.Labels(), points);
            using (no_grad())
                points.zero_();
            value.sum().backward();
            TensorNumbers.GradientOf(points).Should().Equal(TensorNumbers.GradientOf(expected));
        }
    }
}
