using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Networks of several inputs.</summary>
public sealed class GradientCacheInputsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public void Gradients_are_those_of_the_whole_batch(long chunkSize)
    {
        using var scope = NewDisposeScope();
        var (labels, first) = GradientCacheTests.Batch();
        var (_, second) = GradientCacheTests.Batch(seed: 5);
        using var model = GradientCacheTests.Network();
        using var upstream = nn.Linear(12, 12).to(ScalarType.Float64);
        var table = randn(9, 12, float64).requires_grad_();
        // Two inputs of one graph, one that wants a gradient itself, and token ids.
        var ids = Arithmetic.Cycle(64, 9);
        var (plain, cached) = (second.clone().requires_grad_(), second.clone().requires_grad_());
        var loss = new TripletSemiHardLoss(0.5);
        var expected = loss.Call(labels, Encode(Inputs(plain)));
        expected.backward();
        var gradients = (GradientCacheTests.TakeGradients(model), GradientCacheTests.TakeGradients(upstream), table.grad!.clone());
        table.grad!.zero_();
        var value = GradientCache.OfSeveralInputs(Encode, loss, chunkSize).Backward(labels, Inputs(cached));
        value.Number().Should().BeApproximately(expected.Number(), 1e-12);
        GradientCacheTests.AssertClose(GradientCacheTests.TakeGradients(model), gradients.Item1, 1e-10);
        GradientCacheTests.AssertClose(GradientCacheTests.TakeGradients(upstream), gradients.Item2, 1e-10);
        table.grad!.allclose(gradients.Item3, 1e-8, 1e-10).Should().BeTrue();
        cached.grad!.allclose(plain.grad!, 1e-8, 1e-10).Should().BeTrue();

        Tensor[] Inputs(Tensor leaf)
        {
            var shared = upstream.call(first);
            return [shared, shared.tanh(), leaf, ids];
        }

        Tensor Encode(Tensor[] x) => model.call((x[0] * x[1]).Plus(x[2]).Plus(table.index_select(0, x[3])));
    }

    [Fact]
    public void A_function_of_an_array_takes_one_input_too()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        using var model = GradientCacheTests.Network();
        var loss = new TripletHardLoss(0.5);
        var one = new GradientCache(model, loss, 7).Backward(labels, inputs).Number();
        var gradients = GradientCacheTests.TakeGradients(model);
        GradientCache.OfSeveralInputs(x => model.call(x[0]), loss.Call, 7).Backward(labels, inputs).Number().Should().Be(one);
        GradientCacheTests.AssertClose(GradientCacheTests.TakeGradients(model), gradients, 1e-12);
    }

    [Fact]
    public void Explicit_triplets_are_rows_of_the_batch()
    {
        using var scope = NewDisposeScope();
        var (_, inputs) = GradientCacheTests.Batch();
        using var model = GradientCacheTests.Network();
        var triplets = tensor(new long[,] { { 0, 8, 1 }, { 3, 11, 63 }, { 5, 13, 2 } });
        var loss = new ExplicitTripletLoss(5);
        var expected = loss.Call(triplets, model.call(inputs), sampleWeight: null);
        expected.backward();
        var gradients = GradientCacheTests.TakeGradients(model);
        new GradientCache(model, loss, 7).Backward(triplets, inputs).Number().Should().BeApproximately(expected.Number(), 1e-12);
        GradientCacheTests.AssertClose(GradientCacheTests.TakeGradients(model), gradients, 1e-10);
    }

    [Fact]
    public void Inputs_that_do_not_belong_together_are_refused()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        var loss = new TripletSemiHardLoss();
        var several = GradientCache.OfSeveralInputs(x => x[0], loss, 4);
        Refuses(several, [], "inputs must be at least one tensor, got 0.*");
        Refuses(several, [inputs, inputs.narrow(0, 0, 8)], "inputs must have one row per sample each, got 64 and 8 rows.*");
        Refuses(several, [inputs, tensor(1.0)], "inputs must be [batch, …], got Float64 [].*");
        Refuses(new GradientCache(x => x, loss, 4), [inputs, inputs], "inputs must be one tensor, as the network takes one, got 2.*");
        FluentActions.Invoking(() => several.Backward(labels, [inputs, null!])).Should().Throw<ArgumentNullException>().WithParameterName("inputs");
        FluentActions.Invoking(() => several.Backward(labels, (Tensor[])null!)).Should().Throw<ArgumentNullException>().WithParameterName("inputs");
        FluentActions.Invoking(() => GradientCache.OfSeveralInputs(null!, loss, 4)).Should().Throw<ArgumentNullException>().WithParameterName("encode");

        void Refuses(GradientCache cache, Tensor[] several, string message)
        {
            FluentActions.Invoking(() => cache.Backward(labels, several)).Should().Throw<ArgumentException>().WithParameterName("inputs").WithMessage(message);
            FluentActions.Invoking(() => cache.Evaluate(labels, several)).Should().Throw<ArgumentException>().WithParameterName("inputs");
        }
    }
}
