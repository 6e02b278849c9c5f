using static TorchSharp.torch;

namespace TripletLoss.Tests;

public sealed class CrossBatchMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(1000)]
    public void Equals_the_loss_against_batch_and_memory(long capacity)
    {
        foreach (var isHard in new[] { false, true })
        {
            using var scope = NewDisposeScope();
            using var memory = new CrossBatchMemory(isHard ? new TripletHardLoss(2) : new TripletSemiHardLoss(2), capacity);
            var model = new MemoryModel(capacity);
            var step = 0;
            // To 8 exactly full, then round, then larger than it is, then none and one.
            foreach (var size in new[] { 4, 4, 4, 3, 9, 0, 1, 5, 12, 2 })
            {
                var (labels, points) = Batch(step++, size);
                var expectedPoints = points.detach().clone().requires_grad_();
                var expected = NaiveLosses.Value(isHard, 2, labels, expectedPoints, model.Labels, model.Points);
                using var value = memory.Call(tensor(labels), points);
                value.Number().Should().BeApproximately(expected.Number(), 1e-9);
                value.backward();
                expected.backward();
                points.grad!.allclose(expectedPoints.grad!, 1e-9, 1e-9).Should().BeTrue();
                model.Add(labels, points);
                memory.Count.Should().Be(model.Count);
            }
        }
    }

    [Fact]
    public void No_anchor_meets_its_own_copy()
    {
        using var scope = NewDisposeScope();
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(), 100);
        // Alone in its class, an anchor has no positive, whoever is remembered of other classes.
        memory.Call(tensor([1L, 2]), randn(2, 4));
        memory.Inspect(tensor([3L, 4]), randn(2, 4)).PositivePairs.Should().Be(0);
        var report = memory.Inspect(tensor([1L, 4]), randn(2, 4));
        report.PositivePairs.Should().Be(1);
        report.References.Should().Be(4);
        memory.Count.Should().Be(2, "an inspection keeps nothing");
    }

    [Fact]
    public void Keeps_copies()
    {
        using var scope = NewDisposeScope();
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(2), 100);
        var model = new MemoryModel(100);
        var (labels, points) = Batch(1, 6);
        model.Add(labels, points);
        using (var first = points.detach().clone())
        {
            memory.Call(tensor(labels), first);
            first.zero_();
        }
        var (more, later) = Batch(2, 6);
        memory.Call(tensor(more), later).Number()
            .Should().BeApproximately(NaiveLosses.Value(false, 2, more, later, model.Labels, model.Points).Number(), 1e-9);
    }

    [Fact]
    public void Starts_after_the_warm_up()
    {
        using var scope = NewDisposeScope();
        var loss = new TripletSemiHardLoss(2);
        using var memory = new CrossBatchMemory(loss, 100, warmUpCalls: 2);
        foreach (var (step, count) in new[] { (0, 0L), (1, 0), (2, 6), (3, 12) })
        {
            var (labels, points) = Batch(step, 6);
            var alone = loss.Call(tensor(labels), points).Number();
            var value = memory.Call(tensor(labels), points).Number();
            (value == alone).Should().Be(step < 3);
            memory.Count.Should().Be(count);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_validation_pass_leaves_no_trace(long warmUpCalls)
    {
        using var scope = NewDisposeScope();
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(2), 10, warmUpCalls);
        using var untouched = new CrossBatchMemory(new TripletSemiHardLoss(2), 10, warmUpCalls);
        var model = new MemoryModel(10);
        for (var step = 0; step < 6; step++)
        {
            var (labels, points) = Batch(step, 4);
            var expected = NaiveLosses.Value(false, 2, labels, points, model.Labels, model.Points).Number();
            using (step % 2 == 0 ? (IDisposable)no_grad() : inference_mode())
            {
                memory.Call(tensor(labels), points).Number().Should().BeApproximately(expected, 1e-9);
                memory.Call(tensor(labels), points, out _).Number().Should().BeApproximately(expected, 1e-9);
            }
            using (inference_mode())
            using (enable_grad())
                memory.Call(tensor(labels), points.detach()).Dispose();
            (memory.Count, memory.Calls).Should().Be((untouched.Count, untouched.Calls));
            memory.Call(tensor(labels), points).Number().Should().Be(untouched.Call(tensor(labels), points).Number());
            if (step >= warmUpCalls)
                model.Add(labels, points);
        }
        memory.Count.Should().Be(10);
    }

    [Fact]
    public void References_are_a_copy_from_the_oldest_on()
    {
        using var scope = NewDisposeScope();
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(2), 10);
        memory.References.Should().BeNull();
        var model = new MemoryModel(10);
        foreach (var (size, step) in new[] { 3, 4, 5, 1, 12, 2 }.Select((size, step) => (size, step)))
        {
            var (labels, points) = Batch(step, size);
            memory.Call(tensor(labels), points);
            model.Add(labels, points);
            var references = memory.References!;
            references.Labels.data<long>().ToArray().Should().Equal(model.Labels);
            references.Embeddings.equal(model.Points!).all().item<bool>().Should().BeTrue();
            (references.Embeddings.requires_grad, references.SelfIndices).Should().Be((false, null));
            references.Embeddings.zero_();
        }
        // Looked at, and written to: the memory is as it was.
        memory.References!.Embeddings.equal(model.Points!).all().item<bool>().Should().BeTrue();
        var (more, later) = Batch(9, 6);
        new TripletSemiHardLoss(2).Call(tensor(more), later, memory.References!).Number().Should().BePositive();
    }

    [Fact]
    public void Weights_and_report_go_with_it()
    {
        using var scope = NewDisposeScope();
        using var memory = new CrossBatchMemory(new TripletHardLoss(2), 100);
        var (labels, points) = Batch(1, 6);
        memory.Call(tensor(labels), points);
        var (more, later) = Batch(2, 6);
        var plain = memory.Inspect(tensor(more), later).Loss;
        using var value = memory.Call(tensor(more), later, out var report, tensor(3.0));
        value.Number().Should().BeApproximately(3 * plain, 1e-9);
        report.References.Should().Be(12);
        memory.Count.Should().Be(12);
    }

    /// <summary>There the batch goes into the memory first, counts within its size and is detached as reference (pytorch-metric-learning).</summary>
    [Theory]
    [InlineData(6)]
    [InlineData(14)]
    [InlineData(100)]
    public void A_bank_that_counts_the_batch_has_the_same_loss_with_the_batch_more(long bankSize)
    {
        using var scope = NewDisposeScope();
        using var memory = new CrossBatchMemory(new TripletHardLoss(2), Math.Max(bankSize - 6, 1));
        var bank = new MemoryModel(bankSize);
        for (var step = 0; step < 5; step++)
        {
            var (labels, points) = Batch(step, 6);
            bank.Add(labels, points);
            var copies = tensor(Enumerable.Range(bank.Count - 6, 6).Select(i => (long)i).ToArray());
            var there = new TripletHardLoss(2).Call(tensor(labels), points, new ReferenceSet(tensor(bank.Labels), bank.Points!, copies));
            if (bankSize > 6)
                memory.Call(tensor(labels), points).Number().Should().BeApproximately(there.Number(), 1e-12);
            else
                new TripletHardLoss(2).Call(tensor(labels), points).Number().Should().BeApproximately(there.Number(), 1e-12);
        }
    }

    [Fact]
    public void Forgets_on_reset()
    {
        using var scope = NewDisposeScope();
        using var memory = new CrossBatchMemory(new TripletSemiHardLoss(), 10, warmUpCalls: 1);
        for (var step = 0; step < 3; step++)
            memory.Call(tensor([1L, 1]), randn(2, 4));
        memory.Count.Should().Be(4);
        memory.Reset();
        (memory.Count, memory.Calls).Should().Be((0, 0));
        memory.Call(tensor([1L, 1]), randn(2, 7));
        memory.Call(tensor([1L, 1]), randn(2, 7)).Dispose();
        memory.Count.Should().Be(2, "the warm-up began anew");
    }

    internal static (long[] Labels, Tensor Points) Batch(int seed, int size)
    {
        var random = new Random(seed);
        var labels = Enumerable.Range(0, size).Select(_ => (long)random.Next(3)).ToArray();
        var points = Enumerable.Range(0, size * 3).Select(_ => random.NextDouble() * 2 - 1).ToArray();
        return (labels, tensor(points, [size, 3]).requires_grad_());
    }
}
