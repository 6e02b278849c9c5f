using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Where the loss has no gradient with respect to the embeddings, or labels are not what they must be: an error in our words, before any gradient is added.</summary>
public sealed class GradientCacheErrorTests
{
    private static readonly TripletSemiHardLoss Semi = new(0.5);

    [Fact]
    public void A_frozen_model_is_refused()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        using var model = GradientCacheTests.Network();
        foreach (var parameter in model.parameters())
            parameter.requires_grad = false;
        var cache = new GradientCache(model, Semi, 4);
        FluentActions.Invoking(() => cache.Backward(labels, inputs)).Should().Throw<InvalidOperationException>()
            .WithMessage("the network's embeddings have no gradient: all its parameters are frozen*Evaluate*");
        var wanted = inputs.clone().requires_grad_();
        cache.Backward(labels, wanted);
        wanted.grad!.abs().sum().Number().Should().BePositive("the inputs want a gradient");
    }

    [Fact]
    public void A_detached_encoder_is_refused_after_one_chunk_and_before_the_loss()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        using var model = GradientCacheTests.Network();
        using var memory = new CrossBatchMemory(Semi, 10);
        var encodings = 0;
        foreach (var encode in new Func<Tensor, Tensor>[] { x => model.call(x).detach(), WithoutGradient })
        {
            encodings = 0;
            var cache = new GradientCache(x => { encodings++; return encode(x); }, memory.Call, 4);
            FluentActions.Invoking(() => cache.Backward(labels, inputs)).Should().Throw<InvalidOperationException>().WithMessage("*detaches them or encodes under no_grad*");
            (encodings, memory.Calls).Should().Be((1, 0));
            cache.Evaluate(labels, inputs).Number().Should().BePositive();
        }

        Tensor WithoutGradient(Tensor x)
        {
            using var noGradient = no_grad();
            return model.call(x);
        }
    }

    [Fact]
    public void An_encoder_that_detaches_later_is_refused_too()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        using var model = GradientCacheTests.Network();
        var encodings = 0;
        var cache = new GradientCache(x => ++encodings < 20 ? model.call(x) : model.call(x).detach(), Semi, 4);
        FluentActions.Invoking(() => cache.Backward(labels, inputs)).Should().Throw<InvalidOperationException>().WithMessage("*have no gradient*");
    }

    [Fact]
    public void Inference_mode_is_refused()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        using var model = GradientCacheTests.Network();
        var encodings = 0;
        var cache = new GradientCache(x => { encodings++; return model.call(x); }, Semi, 4);
        var expected = cache.Evaluate(labels, inputs).Number();
        encodings = 0;
        using (inference_mode())
        {
            FluentActions.Invoking(() => cache.Backward(labels, inputs)).Should().Throw<InvalidOperationException>().WithMessage("there are no gradients in inference mode*Evaluate*");
            encodings.Should().Be(0);
            cache.Evaluate(labels, inputs).Number().Should().Be(expected);
        }
    }

    [Fact]
    public void A_loss_without_a_gradient_by_the_embeddings_is_refused()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        using var model = GradientCacheTests.Network();
        using var other = tensor(2.0).requires_grad_();
        Refuses((_, _, _) => null!, "*must return a scalar, got null*");
        Refuses((_, x, _) => x.sum(1), "*must return a scalar, got Float64 [64]*");
        Refuses((y, x, w) => Semi.Call(y, x, w).detach(), "*gradient with respect to the embeddings, but it has no graph at all*");
        Refuses((_, _, _) => tensor(1.0), "*gradient with respect to the embeddings, but it has no graph at all*");
        Refuses((_, _, _) => other * other, "*gradient with respect to the embeddings, but its graph does not lead to them*");

        void Refuses(Func<Tensor, Tensor, Tensor?, Tensor> loss, string message)
        {
            FluentActions.Invoking(() => new GradientCache(model, loss, 4).Backward(labels, inputs)).Should().Throw<InvalidOperationException>().WithMessage(message);
            model.parameters().All(parameter => parameter.grad is null).Should().BeTrue();
        }
    }

    [Fact]
    public void Labels_weights_and_inputs_are_checked_before_the_second_chunk()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        using var model = GradientCacheTests.Network();
        var encodings = 0;
        Refuses<ArgumentException>(labels.to_sparse(), inputs, null, "yTrue", "yTrue must be dense, got sparse Int64 [64]*", 0);
        Refuses<ArgumentException>(labels, inputs.to_sparse(), null, "inputs", "inputs must be dense, got sparse Float64 [64, 12]*", 0);
        Refuses<ArgumentNullException>(null!, inputs, null, "yTrue", "*", 0);
        Refuses<ArgumentNullException>(labels, null!, null, "inputs", "*", 0);
        Refuses<ArgumentException>(labels.to_type(float32), inputs, null, "yTrue", "yTrue must be integer labels*", 1);
        Refuses<ArgumentException>(labels, inputs, ones(63), "sampleWeight", "*one weight per anchor, got Float32 [63]*", 1);

        void Refuses<T>(Tensor yTrue, Tensor x, Tensor? weight, string name, string message, int most)
            where T : ArgumentException
        {
            encodings = 0;
            var cache = new GradientCache(rows => { encodings++; return model.call(rows); }, Semi, 4);
            FluentActions.Invoking(() => cache.Backward(yTrue, x, weight)).Should().Throw<T>().WithParameterName(name).WithMessage(message);
            FluentActions.Invoking(() => cache.Evaluate(yTrue, x, weight)).Should().Throw<T>().WithParameterName(name);
            encodings.Should().Be(2 * most);
        }
    }
}
