using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

public sealed class CrossBatchMemoryLimitsTests
{
    [Fact]
    public void Does_not_keep_what_would_spoil_later_losses()
    {
        using var scope = NewDisposeScope();
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(), 10);
        var spoilt = randn(4, 3);
        spoilt[2, 1] = tensor(float.NaN);
        double.IsNaN(memory.Call(tensor([1L, 1, 2, 2]), spoilt).Number()).Should().BeTrue();
        memory.Count.Should().Be(0);
        double.IsFinite(memory.Call(tensor([1L, 1, 2, 2]), randn(4, 3)).Number()).Should().BeTrue();
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float32)]
    public void Follows_the_type_of_the_embeddings(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(2), 10);
        var model = new MemoryModel(10);
        foreach (var (step, stepType) in new[] { (0, type), (1, type), (2, ScalarType.Float64), (3, type) })
        {
            var (labels, points) = CrossBatchMemoryTests.Batch(step, 4);
            var rounded = points.detach().to_type(type);
            var given = rounded.to_type(stepType).requires_grad_();
            var expected = NaiveLosses.Value(false, 2, labels, rounded.to_type(ScalarType.Float64), model.Labels, model.Points);
            var value = memory.Call(tensor(labels), given);
            value.Number().Should().BeApproximately(expected.Number(), 1e-5 * (1 + expected.Number()));
            value.backward();
            given.grad!.dtype.Should().Be(stepType);
            model.Add(labels, rounded);
        }
    }

    [Fact]
    public void Keeps_its_type_where_nothing_is_kept()
    {
        using var scope = NewDisposeScope();
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(), 10);
        var labels = tensor([1L, 1]);
        memory.Call(labels, ones(2, 3) * tensor(1.0001f));
        memory.Inspect(labels, rand(2, 3).to_type(ScalarType.Float16)).References.Should().Be(4);
        FluentActions.Invoking(() => memory.Call(labels, rand(2, 3).to_type(ScalarType.Float16), ones(3))).Should().Throw<ArgumentException>();
        memory.GetState()["embeddings"].data<float>().ToArray().Should().OnlyContain(value => value == 1.0001f);
    }

    [Fact]
    public void Leaves_nothing_behind()
    {
        using var labels = Arithmetic.Cycle(8, 3);
        using var points = randn(8, 4);
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        using (var memory = new CrossBatchMemory(new TripletSemiHardLoss(), 20))
        {
            for (var step = 0; step < 1000; step++)
            {
                using var scope = NewDisposeScope();
                memory.Call(labels, points);
            }
            memory.Inspect(labels, points).References.Should().Be(28, "the memory outlives the scopes of its calls");
            DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount.Should().Be(before + 2);
            memory.Call(labels, points).Dispose();
            memory.Reset();
            DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount.Should().Be(before);
            memory.Call(labels, points).Dispose();
        }
        DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Fact]
    public void Refuses_what_is_wrong()
    {
        using var scope = NewDisposeScope();
        var loss = new TripletSemiHardLoss();
        FluentActions.Invoking(() => new CrossBatchMemory(null!, 3)).Should().Throw<ArgumentNullException>().WithParameterName("loss");
        FluentActions.Invoking(() => new CrossBatchMemory(loss, 0)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*got 0*");
        FluentActions.Invoking(() => new CrossBatchMemory(loss, 3, -1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*got -1*");
        var memory = new CrossBatchMemory(loss, 3);
        FluentActions.Invoking(() => memory.Call(randn(2, 4), tensor([1L, 2]))).Should().Throw<ArgumentException>().WithMessage("*swap yTrue and yPred*");
        memory.Count.Should().Be(0);
        memory.Call(tensor([1L, 2]), randn(2, 4));
        FluentActions.Invoking(() => memory.Call(tensor([1L, 2]), randn(2, 5)))
            .Should().Throw<ArgumentException>().WithParameterName("yPred").WithMessage("*4, got Float32 [2, 5]*Reset*");
        FluentActions.Invoking(() => memory.Call(tensor([1L, 2]), randn(2, 4), ones(3))).Should().Throw<ArgumentException>().WithParameterName("sampleWeight");
        (memory.Count, memory.Calls).Should().Be((2, 1));
        memory.Dispose();
        FluentActions.Invoking(() => memory.Call(tensor([1L, 2]), randn(2, 4))).Should().Throw<ObjectDisposedException>();
    }
}
