using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>A memory on every rank against one in one process.</summary>
public class GlobalMemoryTests
{
    private const int Ranks = 3, Steps = 6;

    [Fact]
    public void Values_gradients_and_what_is_kept_are_those_of_one_process()
    {
        using var scope = NewDisposeScope();
        using var alone = new CrossBatchMemory(new TripletSemiHardLoss(), capacity: 20, warmUpCalls: 1);
        var (values, gradients) = (new double[Steps], new double[Steps][]);
        for (int step = 0; step < Steps; step++)
        {
            var (labels, points) = Batch(step);
            var value = alone.Call(labels, points);
            value.backward();
            (values[step], gradients[step]) = (value.item<float>(), TensorNumbers.GradientOf(points));
        }
        double[] kept = TensorNumbers.Of(alone.References!.Embeddings);
        ThreadGroup.Run(Ranks, group =>
        {
            using var inner = NewDisposeScope();
            using var memory = new CrossBatchMemory(new TripletSemiHardLoss(), capacity: 20, warmUpCalls: 1);
            for (int step = 0; step < Steps; step++)
            {
                var (labels, points) = Batch(step);
                // 2, 0 and 4 of the six.
                var (first, count) = (group.Rank == 0 ? 0 : 2, 2 * group.Rank == 2 ? 0 : group.Rank == 0 ? 2 : 4);
                var own = points.detach().narrow(0, first, count).requires_grad_();
                var value = memory.Call(labels.narrow(0, first, count), own, group);
                value.backward();
                value.item<float>().Should().Be((float)values[step]);
                TensorNumbers.GradientOf(own).Should().Equal(gradients[step][(3 * first)..(3 * (first + count))]);
            }
            TensorNumbers.Of(memory.References!.Embeddings).Should().Equal(kept);
        });
    }

    [Fact]
    public void Memories_that_differ_are_a_disagreement() => ThreadGroup.Run(2, group =>
    {
        using var scope = NewDisposeScope();
        using var memory = new CrossBatchMemory(new TripletHardLoss(), capacity: 20 + group.Rank);
        var failure = Assert.Throws<InvalidOperationException>(() => memory.Call(SmallBatch.Labels(), SmallBatch.Embeddings(), group));
        failure.Message.Should().Contain("a memory that keeps 0 of 20 after 0 calls, gradients enabled on rank 0").And.Contain("0 of 21 after 0 calls, gradients enabled on rank 1");
        using var same = new CrossBatchMemory(new TripletHardLoss(), capacity: 20);
        using (set_grad_enabled(group.Rank == 0))
            Assert.Throws<InvalidOperationException>(() => same.Call(SmallBatch.Labels(), SmallBatch.Embeddings(), group)).Message.Should().Contain("gradients disabled on rank 1");
        same.Calls.Should().Be(0);
    });

    [Fact]
    public void Where_one_rank_fails_none_keeps_anything() => ThreadGroup.Run(3, group =>
    {
        using var scope = NewDisposeScope();
        bool fails = group.Rank == 1;
        var distance = Distance.Create((x, y) => fails ? throw new TimeoutException("too late") : cdist(x, y));
        using var memory = new CrossBatchMemory(new TripletHardLoss(distance: distance), capacity: 20);
        var (labels, points) = Batch(0);
        Assert.ThrowsAny<Exception>(() => memory.Call(labels, points, group)).Message.Should().Contain("too late");
        (memory.Count, memory.Calls).Should().Be((0, 0));
        fails = false;
        memory.Call(labels, points, group);
        memory.Count.Should().Be(18);
        // What does not fit the memory is found before the exchange.
        var failure = Assert.ThrowsAny<Exception>(() => memory.Call(labels, group.Rank == 2 ? SmallBatch.Points(6, 4) : points, group));
        failure.Should().BeOfType(group.Rank == 2 ? typeof(ArgumentException) : typeof(InvalidOperationException));
        memory.Count.Should().Be(18);
    });

    private static (Tensor Labels, Tensor Points) Batch(int step) => (SmallBatch.Labels(), SmallBatch.Points(6, 3, seed: step));
}
