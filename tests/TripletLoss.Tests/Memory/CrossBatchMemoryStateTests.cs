using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss.Tests;

public sealed class CrossBatchMemoryStateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Training_goes_on_bit_for_bit(int savedAfter)
    {
        using var scope = NewDisposeScope();
        using var whole = new CrossBatchMemory(new TripletSemiHardLoss(), 10, warmUpCalls: 1);
        using var resumed = new CrossBatchMemory(new TripletSemiHardLoss(), 10, warmUpCalls: 1);
        for (var step = 0; step < 12; step++)
        {
            if (step == savedAfter)
            {
                var state = whole.GetState();
                resumed.SetState(state);
                foreach (var part in state.Values)
                    part.Dispose();
            }
            using var generator = new Generator((ulong)step);
            // On a coarse grid, where ties make the order of the places show.
            var points = randn([4, 2], generator: generator).Times(2).round();
            var labels = randint(0, 3, [4], generator: generator);
            var (first, second) = (points.clone().requires_grad_(), points.clone().requires_grad_());
            var value = whole.Call(labels, first);
            if (step < savedAfter)
                continue;
            var again = resumed.Call(labels, second);
            again.Number().Should().Be(value.Number());
            value.backward();
            again.backward();
            second.grad!.data<float>().ToArray().Should().Equal(first.grad!.data<float>().ToArray());
            (resumed.Count, resumed.Calls).Should().Be((whole.Count, whole.Calls));
        }
    }

    [Fact]
    public void A_state_is_a_copy()
    {
        using var scope = NewDisposeScope();
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(), 4);
        memory.Call(tensor([1L, 2]), ones(2, 3));
        var state = memory.GetState();
        memory.Call(tensor([3L, 4]), zeros(2, 3));
        state["labels"].data<long>().ToArray().Should().Equal(1, 2);
        state["embeddings"].sum().Number().Should().Be(6);
        memory.SetState(state);
        state["embeddings"].zero_();
        memory.GetState()["embeddings"].sum().Number().Should().Be(6);
    }

    [Fact]
    public void Refuses_a_state_that_does_not_fit_and_stays_as_it_is()
    {
        using var scope = NewDisposeScope();
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(), 4);
        memory.Call(tensor([1L, 2]), ones(2, 3));
        Refuses(memory, "labels", null, "*must have a tensor 'labels'*");
        Refuses(memory, "capacity", tensor(5L), "*capacity 5, but this one's is 4*");
        Refuses(memory, "position", tensor(3L), "*position 3 cannot be that of 2 embeddings*");
        Refuses(memory, "position", tensor(1.5), "*position must be one Int64*");
        Refuses(memory, "calls", tensor(-1L), "*calls must be at least 0 and at most 4611686018427387903, got -1*");
        Refuses(memory, "labels", tensor([1, 2]), "*labels must be Int64 [2]*");
        Refuses(memory, "labels", tensor([1L, 2, 3]), "*labels must be Int64 [2]*");
        Refuses(memory, "embeddings", ones(2), "*embeddings must be floats*");
        Refuses(memory, "embeddings", zeros(2, 0), "*embeddings must have at least one dimension, got Float32 [2, 0]*");
        Refuses(memory, "calls", tensor(long.MaxValue), "*calls must be at least 0 and at most 4611686018427387903, got 9223372036854775807*");
        Refuses(memory, "capacity", tensor(1_000_000_000_000_000L), "*capacity 1000000000000000, but this one's is 4*");
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
            Refuses(memory, "embeddings", tensor(new[,] { { 1, 2, 3 }, { 4, bad, 6 } }), "*embeddings must be finite*Float32 [2, 3]*");
        Refuses(memory, "embeddings", ones(2, 3).to_sparse(), "*embeddings must be dense, got sparse Float32 [2, 3]*");
        Refuses(memory, "labels", tensor([1L, 2]).to_sparse(), "*labels must be dense*");
        Refuses(memory, "embeddings", ones(2, 3, device: META), "*embeddings must have numbers, got Float32 [2, 3] on the meta device*");
        Refuses(memory, "position", empty(0, int64, META).sum(), "*position must have numbers, got Int64 [] on the meta device*");
        var disposed = ones(2, 3);
        disposed.Dispose();
        Refuses(memory, "embeddings", disposed, "*embeddings must be a live tensor*");
        FluentActions.Invoking(() => memory.SetState(null!)).Should().Throw<ArgumentNullException>();
        memory.GetState()["labels"].data<long>().ToArray().Should().Equal(1, 2);
    }

    [Fact]
    public void A_capacity_beyond_any_machine_costs_what_is_kept()
    {
        using var scope = NewDisposeScope();
        const long capacity = 1_000_000_000_000_000;
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(2), capacity);
        using var resumed = new CrossBatchMemory(new TripletSemiHardLoss(2), capacity);
        var model = new MemoryModel(capacity);
        for (var step = 0; step < 12; step++)
        {
            var (labels, points) = CrossBatchMemoryTests.Batch(step, 5);
            resumed.SetState(memory.GetState());
            var expected = NaiveLosses.Value(false, 2, labels, points, model.Labels, model.Points).Number();
            memory.Call(tensor(labels), points).Number().Should().BeApproximately(expected, 1e-9);
            resumed.Call(tensor(labels), points).Number().Should().BeApproximately(expected, 1e-9);
            model.Add(labels, points);
        }
        memory.Count.Should().Be(60);
    }

    [Fact]
    public void A_state_taken_in_inference_mode_can_be_trained_on()
    {
        using var scope = NewDisposeScope();
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(2), 4);
        using var resumed = new CrossBatchMemory(new TripletSemiHardLoss(2), 4);
        memory.Call(tensor([1L, 2]), ones(2, 3));
        using (inference_mode())
            resumed.SetState(memory.GetState());
        for (var step = 0; step < 3; step++)
            resumed.Call(tensor([1L, 2]), randn(2, 3).requires_grad_()).backward();
        resumed.Count.Should().Be(4);
    }

    [Fact]
    public void A_disposed_memory_says_so()
    {
        using var scope = NewDisposeScope();
        var memory = new CrossBatchMemory(new TripletSemiHardLoss(), 4);
        var state = memory.GetState();
        memory.Dispose();
        FluentActions.Invoking(() => memory.SetState(state)).Should().Throw<ObjectDisposedException>();
        FluentActions.Invoking(memory.GetState).Should().Throw<ObjectDisposedException>();
        FluentActions.Invoking(() => memory.References).Should().Throw<ObjectDisposedException>();
        FluentActions.Invoking(() => memory.Save(Path.GetTempFileName())).Should().Throw<ObjectDisposedException>();
        FluentActions.Invoking(() => memory.Load("nowhere")).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Leaves_nothing_behind()
    {
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(), 4);
        using (NewDisposeScope())
            memory.Call(tensor([1L, 2]), ones(2, 3));
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        var state = memory.GetState();
        DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount.Should().Be(before + state.Count);
        memory.SetState(state);
        foreach (var part in state.Values)
            part.Dispose();
        DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount.Should().Be(before);
        var references = memory.References!;
        DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount.Should().Be(before + 2);
        references.Labels.Dispose();
        references.Embeddings.Dispose();
        using (var file = new TemporaryFile())
        {
            memory.Save(file.Path);
            memory.Load(file.Path);
            File.WriteAllText(file.Path, "{}");
            FluentActions.Invoking(() => memory.Load(file.Path)).Should().Throw<InvalidDataException>();
        }
        DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount.Should().Be(before);
    }

    private static void Refuses(CrossBatchMemory memory, string name, Tensor? part, string message)
    {
        var state = memory.GetState();
        if (part is null)
            state.Remove(name);
        else
            state[name] = part;
        FluentActions.Invoking(() => memory.SetState(state)).Should().Throw<ArgumentException>().WithParameterName("state").WithMessage(message);
    }
}
