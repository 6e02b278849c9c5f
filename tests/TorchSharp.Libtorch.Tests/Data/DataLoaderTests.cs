using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.utils.data;

namespace TorchSharpLibtorch.Tests.Data;

public class DataLoaderTests
{
    private sealed class Squares(long count) : Dataset
    {
        internal bool Disposed;

        public override long Count => count;

        public override Dictionary<string, Tensor> GetTensor(long index) => new()
        {
            ["x"] = tensor(new[] { (float)index, -index }),
            ["square"] = tensor(index * index),
        };

        protected override void Dispose(bool disposing) => Disposed = true;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Items_are_stacked_into_batches(int workers)
    {
        using DataLoader loader = DataLoader(new Squares(7), 3, num_worker: workers);
        loader.Count.Should().Be(3);
        var sizes = new List<long>();
        long next = 0;
        foreach (Dictionary<string, Tensor> batch in loader)
        {
            sizes.Add(batch["x"].size(0));
            batch["x"].shape.Should().Equal(sizes[^1], 2);
            foreach (long square in batch["square"].data<long>()) square.Should().Be(next * next++);
        }
        sizes.Should().Equal(3, 3, 1);
    }

    [Fact]
    public void An_incomplete_batch_can_be_dropped()
    {
        using DataLoader loader = DataLoader(new Squares(7), 3, drop_last: true);
        loader.Count.Should().Be(2);
        loader.Should().HaveCount(2);
    }

    [Fact]
    public void Batches_are_disposed_one_after_the_other()
    {
        long before = Live.Count;
        var data = new Squares(6);
        DataLoader loader = DataLoader(data, 2);
        Tensor? last = null;
        foreach (Dictionary<string, Tensor> batch in loader)
        {
            last?.IsInvalid.Should().BeTrue();
            last = batch["x"];
            Live.Count.Should().Be(before + 2);
        }
        last!.IsInvalid.Should().BeTrue();
        Live.Count.Should().Be(before);
        loader.Dispose();
        data.Disposed.Should().BeTrue();
    }

    [Fact]
    public void Batches_can_be_kept()
    {
        var data = new Squares(4);
        using (DataLoader loader = DataLoader(data, 2, disposeBatch: false, disposeDataset: false))
        {
            List<Dictionary<string, Tensor>> batches = loader.ToList();
            batches.Should().OnlyContain(b => !b["x"].IsInvalid);
            foreach (Dictionary<string, Tensor> batch in batches)
                foreach (Tensor tensor in batch.Values) tensor.Dispose();
        }
        data.Disposed.Should().BeFalse();
    }

    [Fact]
    public void Batches_outlive_a_scope_around_each_step()
    {
        using DataLoader loader = DataLoader(new Squares(4), 2);
        foreach (Dictionary<string, Tensor> batch in loader)
        {
            using (NewDisposeScope()) _ = batch["x"] + 1;
            batch["x"].IsInvalid.Should().BeFalse();
        }
    }

    [Fact]
    public void A_sampler_says_the_order()
    {
        using DataLoader loader = DataLoader(new Squares(5), 2, new long[] { 4, 0, 3 });
        loader.Select(b => b["square"].data<long>().ToArray()).Should().BeEquivalentTo(
            new[] { new long[] { 16, 0 }, [9] }, options => options.WithStrictOrdering());
    }

    [Fact]
    public void A_sampler_is_asked_anew_for_every_epoch()
    {
        int epochs = 0;
        IEnumerable<long> Sampler()
        {
            epochs++;
            yield return epochs;
        }
        using DataLoader loader = DataLoader(new Squares(5), 2, Sampler());
        loader.Single()["square"].Should().NotBeNull();
        using IEnumerator<Dictionary<string, Tensor>> second = loader.GetEnumerator();
        second.MoveNext().Should().BeTrue();
        second.Current["square"].item<long>().Should().Be(4);
        second.MoveNext().Should().BeFalse();
    }

    [Fact]
    public void Shuffled_numbers_are_all_there_once_and_the_same_for_a_seed()
    {
        long[] order = new FisherYatesShuffler(100, 7).ToArray();
        order.Should().BeEquivalentTo(Enumerable.Range(0, 100).Select(i => (long)i));
        order.Should().NotBeInAscendingOrder();
        new FisherYatesShuffler(100, 7).Should().Equal(order);
        new FisherYatesShuffler(8, 3).Should().Equal([2L, 4, 3, 0, 1, 7, 5, 6], "TorchSharp 0.107 gives this order");
        new FisherYatesShuffler(100, 8).Should().NotEqual(order);
        using DataLoader loader = DataLoader(new Squares(9), 9, shuffle: true, seed: 1);
        loader.SelectMany(b => b["square"].data<long>().ToArray()).Sum().Should().Be(Enumerable.Range(0, 9).Sum(i => i * i));
    }

    [Fact]
    public void Every_place_is_equally_likely()
    {
        var counts = new int[3, 3];
        for (int seed = 0; seed < 3000; seed++)
        {
            long[] order = new FisherYatesShuffler(3, seed).ToArray();
            for (int i = 0; i < 3; i++) counts[i, order[i]]++;
        }
        foreach (int count in counts) count.Should().BeInRange(850, 1150);
    }

    [Fact]
    public void Tensors_are_a_data_set_by_rows()
    {
        using Tensor x = arange(6).reshape(3, 2), y = tensor(new[] { 10L, 20L, 30L });
        using IterableDataLoader loader = DataLoader(TensorDataset(x, y), 2);
        List<long[]> seen = loader.SelectMany(b => b.Select(t => t.data<long>().ToArray())).ToList();
        seen.Should().BeEquivalentTo(new[] { new long[] { 0, 1, 2, 3 }, [10, 20], [4, 5], [30] }, o => o.WithStrictOrdering());
        Action uneven = () => TensorDataset(x, ones(2));
        uneven.Should().Throw<ArgumentException>();
    }
}
