using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

public sealed class GradientCacheLimitsTests
{
    [Fact]
    public void At_most_one_chunk_has_a_graph_at_a_time()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        using var model = GradientCacheTests.Network();
        var graphs = new List<Tensor>();
        var (encodings, most) = (0, 0);
        var cache = new GradientCache(
            x =>
            {
                encodings++;
                var embeddings = model.call(x);
                if (embeddings.requires_grad)
                    graphs.Add(embeddings);
                most = Math.Max(most, graphs.Count(graph => !graph.IsInvalid));
                return embeddings;
            },
            (yTrue, yPred, _) =>
            {
                graphs.Should().ContainSingle("of the first pass one chunk has a graph, which shows that there is one").Which.IsInvalid.Should().BeTrue();
                return new TripletSemiHardLoss().Call(yTrue, yPred);
            },
            4);
        cache.Backward(labels, inputs);
        (encodings, graphs.Count, most).Should().Be((32, 17, 1));
    }

    [Fact]
    public void Batch_normalisation_in_training_is_refused()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        using var model = nn.Sequential(nn.Linear(12, 6), nn.Sequential(nn.BatchNorm1d(6))).to(ScalarType.Float64);
        var cache = new GradientCache(model, new TripletSemiHardLoss(), 16);
        FluentActions.Invoking(() => cache.Backward(labels, inputs))
            .Should().Throw<InvalidOperationException>().WithMessage("*BatchNorm1d*eval()*");
        model.eval();
        FluentActions.Invoking(() => cache.Backward(labels, inputs)).Should().NotThrow();
        using var withoutStatistics = nn.BatchNorm1d(12, track_running_stats: false);
        withoutStatistics.eval();
        var other = new GradientCache(withoutStatistics, new TripletSemiHardLoss(), 16);
        FluentActions.Invoking(() => other.Backward(labels, inputs)).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Refuses_what_is_wrong()
    {
        using var scope = NewDisposeScope();
        var (labels, inputs) = GradientCacheTests.Batch();
        var loss = new TripletSemiHardLoss();
        Func<Tensor, Tensor> identity = x => x;
        FluentActions.Invoking(() => new GradientCache(identity, loss, 0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*got 0*");
        FluentActions.Invoking(() => new GradientCache((Func<Tensor, Tensor>)null!, loss, 1)).Should().Throw<ArgumentNullException>().WithParameterName("encode");
        FluentActions.Invoking(() => new GradientCache((nn.Module<Tensor, Tensor>)null!, loss, 1)).Should().Throw<ArgumentNullException>().WithParameterName("model");
        FluentActions.Invoking(() => new GradientCache(identity, (Loss)null!, 1)).Should().Throw<ArgumentNullException>().WithParameterName("loss");
        FluentActions.Invoking(() => new GradientCache(identity, new TripletHardLoss(reduction: LossReduction.None), 1))
            .Should().Throw<ArgumentException>().WithMessage("*reduction is None*");
        FluentActions.Invoking(() => new GradientCache(identity, loss, 4).Backward(labels, tensor(1.0))).Should().Throw<ArgumentException>().WithMessage("*batch*");
        FluentActions.Invoking(() => new GradientCache(identity, loss, 4).Backward(labels, inputs.narrow(0, 0, 8)))
            .Should().Throw<ArgumentException>().WithParameterName("yTrue").WithMessage("*each of the 8 inputs, got Int64 [64]*");
        FluentActions.Invoking(() => new GradientCache(identity, loss, 4).Backward(inputs, labels))
            .Should().Throw<ArgumentException>().WithParameterName("yTrue").WithMessage("*Did you swap yTrue and inputs?*");
        FluentActions.Invoking(() => new GradientCache(x => x.sum(1), loss, 4).Backward(labels, inputs))
            .Should().Throw<InvalidOperationException>().WithMessage("*[4, dim]*got Float64 [4]*");
        FluentActions.Invoking(() => new GradientCache(identity, (_, x, _) => x.sum(1), 4).Backward(labels, inputs.clone().requires_grad_()))
            .Should().Throw<InvalidOperationException>().WithMessage("*scalar*");
    }
}
