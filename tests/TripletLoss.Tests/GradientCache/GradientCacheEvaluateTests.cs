using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The value alone, and reports.</summary>
public sealed class GradientCacheEvaluateTests
{
    [Fact]
    public void The_value_is_that_of_the_whole_batch_and_no_gradient_is_added()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        using var model = GradientCacheTests.Network();
        var loss = new TripletHardLoss(0.5);
        var weights = linspace(0.5, 1.5, 64, float64);
        var expected = loss.Call(labels, model.call(inputs), weights).Number();
        var graphs = 0;
        var cache = new GradientCache(
            x =>
            {
                var embeddings = model.call(x);
                graphs += embeddings.requires_grad ? 1 : 0;
                return embeddings;
            }, loss, 5);
        using var value = cache.Evaluate(labels, inputs, weights);
        value.Number().Should().BeApproximately(expected, 1e-12);
        (value.requires_grad, graphs).Should().Be((false, 0));
        model.parameters().All(parameter => parameter.grad is null).Should().BeTrue();
        cache.Evaluate(zeros(0, int64), zeros(0, 12, float64)).Number().Should().Be(0);
        var made = inputs.clone().requires_grad_() * inputs;
        cache.Evaluate(labels, made).requires_grad.Should().BeFalse();
    }

    [Fact]
    public void A_memory_keeps_what_is_trained_on_and_not_what_is_evaluated()
    {
        using var scope = NewDisposeScope();
        using var model = GradientCacheTests.Network();
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(0.5), 100);
        var cache = new GradientCache(model, memory.Call, 16);
        var (labels, inputs) = GradientCacheTests.Batch();
        cache.Evaluate(labels, inputs);
        (memory.Count, memory.Calls).Should().Be((0, 0));
        using (no_grad())
            cache.Backward(labels, inputs);
        (memory.Count, memory.Calls).Should().Be((64, 1));
        var alone = new TripletSemiHardLoss(0.5).Call(labels, model.call(inputs)).Number();
        cache.Evaluate(labels, inputs).Number().Should().NotBe(alone, "the memory is mined");
        memory.Count.Should().Be(64);
    }

    [Fact]
    public void Reports_are_those_of_the_loss()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        using var model = GradientCacheTests.Network();
        var loss = new TripletSemiHardLoss(0.5);
        var weight = tensor(2.0);
        var expected = loss.Inspect(labels, model.call(inputs), weight).ToString();
        var cache = new GradientCache(model, loss, 7);
        cache.Evaluate(labels, inputs, out var evaluated, weight).Number().Should().BeApproximately(evaluated.Loss, 1e-12);
        cache.Backward(labels, inputs, out var trained, weight).Number().Should().BeApproximately(trained.Loss, 1e-12);
        var several = GradientCache.OfSeveralInputs(x => model.call(x[0]), loss, 7);
        several.Evaluate(labels, [inputs], out var ofSeveral, weight);
        several.Backward(labels, [inputs], out var trainedOnSeveral, weight);
        new[] { evaluated, trained, ofSeveral, trainedOnSeveral }.Select(report => report.ToString()).Should().AllBe(expected);
        var gradients = GradientCacheTests.TakeGradients(model);
        loss.Call(labels, model.call(inputs), weight).backward();
        loss.Call(labels, model.call(inputs), weight).backward();
        GradientCacheTests.AssertClose(gradients, GradientCacheTests.TakeGradients(model), 1e-10);
    }

    [Fact]
    public void A_function_has_no_report_and_says_how_to_take_one()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        using var model = GradientCacheTests.Network();
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(0.5), 100);
        var cache = new GradientCache(model, memory.Call, 16);
        FluentActions.Invoking(() => cache.Backward(labels, inputs, out _)).Should().Throw<InvalidOperationException>().WithMessage("only a Loss has a report*out report*");
        FluentActions.Invoking(() => cache.Evaluate(labels, inputs, out _)).Should().Throw<InvalidOperationException>().WithMessage("only a Loss has a report*");
        TripletReport? report = null;
        new GradientCache(model, (yTrue, yPred, weight) => memory.Call(yTrue, yPred, out report, weight), 16).Backward(labels, inputs);
        report!.Anchors.Should().Be(64);
    }
}
