using static TorchSharp.torch;

namespace TripletLoss.Tests;

[Collection(nameof(WholeProcess))]
public sealed class GradientCacheRandomnessTests
{
    [Fact]
    public void Dropout_is_replayed()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        var loss = new TripletSemiHardLoss(0.5);
        using var model = GradientCacheTests.Network(dropout: 0.4);
        manual_seed(11);
        var retained = Enumerable.Range(0, 16).Select(chunk => model.call(inputs.narrow(0, chunk * 4, 4))).ToArray();
        var expected = loss.Call(labels, cat(retained));
        expected.backward();
        var gradients = GradientCacheTests.TakeGradients(model);
        var next = rand(3);
        manual_seed(11);
        var value = new GradientCache(model, loss, 4).Backward(labels, inputs);
        rand(3).equal(next).all().item<bool>().Should().BeTrue("the generator stands where one pass leaves it");
        value.Number().Should().Be(expected.Number());
        GradientCacheTests.AssertClose(GradientCacheTests.TakeGradients(model), gradients, 1e-10);
        manual_seed(12);
        var other = new GradientCache(model, loss, 4).Backward(labels, inputs);
        other.Number().Should().NotBe(value.Number(), "dropout is active");
    }

    [Fact]
    public void The_generator_is_right_after_an_exception_too()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        using var model = GradientCacheTests.Network(dropout: 0.4);
        var calls = 0;
        var cache = new GradientCache(
            x => ++calls == 7 ? throw new TimeoutException() : model.call(x), new TripletSemiHardLoss(0.5), 16);
        manual_seed(11);
        for (var chunk = 0; chunk < 4; chunk++)
            model.call(inputs.narrow(0, chunk * 16, 16));
        var next = rand(3);
        manual_seed(11);
        FluentActions.Invoking(() => cache.Backward(labels, inputs)).Should().Throw<TimeoutException>();
        rand(3).equal(next).all().item<bool>().Should().BeTrue();
    }
}
