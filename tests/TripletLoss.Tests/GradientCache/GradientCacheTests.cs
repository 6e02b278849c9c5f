using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

public sealed class GradientCacheTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(100)]
    public void Gradients_are_those_of_the_whole_batch(long chunkSize)
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = Batch();
        var loss = new TripletSemiHardLoss(0.5);
        using var model = Network();
        var weights = linspace(0.5, 1.5, 64, float64);
        var expected = loss.Call(labels, model.call(inputs), weights);
        expected.backward();
        var gradients = TakeGradients(model);
        using var value = new GradientCache(model, loss, chunkSize).Backward(labels, inputs, weights);
        value.Number().Should().BeApproximately(expected.Number(), 1e-12);
        value.requires_grad.Should().BeFalse();
        AssertClose(TakeGradients(model), gradients, 1e-10);
    }

    [Fact]
    public void Sixteen_chunks_agree_in_single_precision()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = Batch();
        using var model = Network().to(ScalarType.Float32);
        var loss = new TripletBatchAllLoss(0.5);
        loss.Call(labels, model.call(inputs.to_type(ScalarType.Float32))).backward();
        var gradients = TakeGradients(model);
        new GradientCache(model, loss, 4).Backward(labels, inputs.to_type(ScalarType.Float32));
        AssertClose(TakeGradients(model), gradients, 1e-5);
    }

    [Fact]
    public void Gradients_add_up_and_reach_inputs_that_want_them()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = Batch();
        using var model = Network();
        var loss = new TripletHardLoss(0.5);
        var (plain, cached) = (inputs.clone().requires_grad_(), inputs.clone().requires_grad_());
        loss.Call(labels, model.call(plain)).backward();
        loss.Call(labels, model.call(plain)).backward();
        var gradients = TakeGradients(model);
        var cache = new GradientCache(x => model.call(x), loss, 7);
        using (no_grad())
            cache.Backward(labels, cached);
        cache.Backward(labels, cached);
        AssertClose(TakeGradients(model), gradients, 1e-10);
        cached.grad!.allclose(plain.grad!, 1e-8, 1e-10).Should().BeTrue();
    }

    [Fact]
    public void What_the_inputs_were_made_by_gets_its_gradient_too()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = Batch();
        using var model = Network();
        using var first = nn.Linear(12, 12).to(ScalarType.Float64);
        var loss = new TripletSemiHardLoss(0.5);
        loss.Call(labels, model.call(first.call(inputs))).backward();
        var (gradients, firstGradients) = (TakeGradients(model), TakeGradients(first));
        new GradientCache(model, loss, 7).Backward(labels, first.call(inputs));
        AssertClose(TakeGradients(model), gradients, 1e-10);
        AssertClose(TakeGradients(first), firstGradients, 1e-10);
    }

    [Fact]
    public void A_memory_can_be_the_loss()
    {
        using var scope = NewDisposeScope();
        using var model = Network();
        using var plain = new CrossBatchMemory(new TripletSemiHardLoss(0.5), 100);
        using var cached = new CrossBatchMemory(new TripletSemiHardLoss(0.5), 100);
        var cache = new GradientCache(model, cached.Call, 16);
        for (var step = 0; step < 3; step++)
        {
            var (labels, inputs) = Batch(step);
            var expected = plain.Call(labels, model.call(inputs));
            expected.backward();
            var gradients = TakeGradients(model);
            cache.Backward(labels, inputs).Number().Should().BeApproximately(expected.Number(), 1e-12);
            AssertClose(TakeGradients(model), gradients, 1e-10);
            cached.Count.Should().Be(plain.Count);
        }
    }

    [Fact]
    public void An_empty_batch_has_a_loss_of_0()
    {
        using var scope = NewDisposeScope();
        using var model = Network();
        new GradientCache(model, new TripletSemiHardLoss(), 4).Backward(zeros(0, int64), zeros(0, 12, float64)).Number().Should().Be(0);
        TakeGradients(model).Values.Should().OnlyContain(gradient => gradient.abs().sum().Number() == 0);
    }

    [Fact]
    public void Leaves_nothing_behind()
    {
        using var model = Network();
        var (labels, inputs) = Batch();
        var cache = new GradientCache(model, new TripletSemiHardLoss(), 16);
        cache.Backward(labels, inputs).Dispose();
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (var step = 0; step < 50; step++)
        {
            cache.Backward(labels, inputs).Dispose();
            cache.Backward(labels, inputs, out _).Dispose();
            cache.Evaluate(labels, inputs).Dispose();
        }
        DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount.Should().Be(before);
        using var weights = ones(3);
        FluentActions.Invoking(() => cache.Backward(labels, inputs, weights)).Should().Throw<ArgumentException>();
        DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount.Should().Be(before + 1);
        labels.Dispose();
        inputs.Dispose();
    }

    internal static nn.Module<Tensor, Tensor> Network(double? dropout = null)
    {
        manual_seed(1);
        var layers = new List<nn.Module<Tensor, Tensor>> { nn.Linear(12, 20), nn.Tanh() };
        if (dropout is { } share)
            layers.Add(nn.Dropout(share));
        layers.Add(nn.Linear(20, 5));
        // Without it the loss would not depend on the last bias: distances do not change under a shift.
        layers.Add(nn.Tanh());
        return nn.Sequential(layers.ToArray()).to(ScalarType.Float64);
    }

    internal static (Tensor Labels, Tensor Inputs) Batch(int seed = 0)
    {
        using var generator = new Generator((ulong)seed + 100);
        return (Arithmetic.Cycle(64, 8), randn([64, 12], ScalarType.Float64, generator: generator));
    }

    internal static Dictionary<string, Tensor> TakeGradients(nn.Module model)
    {
        var gradients = model.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.grad!.clone());
        model.zero_grad();
        return gradients;
    }

    internal static void AssertClose(Dictionary<string, Tensor> gradients, Dictionary<string, Tensor> expected, double tolerance)
    {
        foreach (var (name, gradient) in gradients)
        {
            var largest = expected[name].abs().max().Number();
            largest.Should().BePositive();
            (gradient - expected[name]).abs().max().Number().Should().BeLessThan(tolerance * largest, name);
        }
    }
}
