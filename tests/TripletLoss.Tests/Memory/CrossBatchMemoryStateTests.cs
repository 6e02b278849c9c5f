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
            var generator = new Generator((ulong)step);
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
        Refuses(memory, "calls", tensor(-1L), "*calls must be at least 0, got -1*");
        Refuses(memory, "labels", tensor([1, 2]), "*labels must be Int64 [2]*");
        Refuses(memory, "labels", tensor([1L, 2, 3]), "*labels must be Int64 [2]*");
        Refuses(memory, "embeddings", ones(2), "*embeddings must be floats*");
        FluentActions.Invoking(() => memory.SetState(null!)).Should().Throw<ArgumentNullException>();
        memory.GetState()["labels"].data<long>().ToArray().Should().Equal(1, 2);
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
