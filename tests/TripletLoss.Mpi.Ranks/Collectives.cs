using static TorchSharp.torch;

namespace TripletLoss.Ranks;

/// <summary>Every method of the group against numbers that are known, in one message and in many.</summary>
internal static class Collectives
{
    public static void Run(IProcessGroup group)
    {
        foreach (long limit in new[] { MpiRank.MessageLimit, 16 })
        {
            using var scope = NewDisposeScope();
            MpiRank.MessageLimit = limit;
            Try(group);
        }
    }

    /// <summary>More bytes than an int counts, in every way a group moves them; not among the tests, since each rank needs 6 GB.</summary>
    public static void RunLarge(IProcessGroup group)
    {
        using var scope = NewDisposeScope();
        const int width = 1 << 16;
        long[] counts = [.. Enumerable.Range(0, group.Size).Select(rank => (1L << 15) / group.Size + rank + 1)];
        var mine = tensor((byte)(group.Rank + 1)).expand(counts[group.Rank], width).contiguous();
        using (var all = group.AllGatherRows(mine, counts))
        {
            for (int rank = 0; rank < group.Size; rank++)
            {
                long end = counts.Take(rank + 1).Sum();
                Require(Numbers(all.narrow(0, end - 1, 1).min()), [rank + 1]);
                Require(Numbers(all.narrow(0, end - counts[rank], 1).max()), [rank + 1]);
            }
            group.Broadcast(all, 0);
        }
        mine.Dispose();
        long[] rows = [.. counts.Select(count => count / 4)];
        using var sums = ones(rows.Sum(), width);
        using var scattered = group.ReduceScatterRows(sums, rows);
        Require([.. Numbers(scattered.min()), .. Numbers(scattered.max())], [group.Size, group.Size]);
        group.AllReduce(sums);
        Require([.. Numbers(sums.min()), .. Numbers(sums.max())], [group.Size, group.Size]);
    }

    private static void Try(IProcessGroup group)
    {
        int size = group.Size;
        long[] counts = [.. Enumerable.Range(0, size).Select(rank => rank == 1 ? 0L : rank + 4)];
        Require([.. group.AllGather([(byte)group.Rank, 9]).Select(number => (double)number)], [.. Enumerable.Range(0, size).SelectMany(rank => new[] { rank, 9.0 })]);
        foreach (var type in new[] { ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64, ScalarType.Int64 })
        {
            var own = Filled(group.Rank, counts[group.Rank] * 3).reshape(counts[group.Rank], 3).to_type(type);
            Require(Numbers(group.AllGatherRows(own, counts)), [.. Enumerable.Range(0, size).SelectMany(rank => Enumerable.Repeat((double)rank, (int)counts[rank] * 3))]);
            var sent = Filled(group.Rank == size - 1 ? 7 : 1, 50).to_type(type);
            group.Broadcast(sent, size - 1);
            Require(Numbers(sent), [.. Enumerable.Repeat(7.0, 50)]);
        }
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var all = Range(counts.Sum() * 2).add(Filled(group.Rank, 1)).reshape(-1, 2).to_type(type);
            double added = size * (size - 1) / 2.0;
            double[] sums = [.. Enumerable.Range(0, (int)counts.Sum() * 2).Select(i => (size * i) + added)];
            int first = (int)counts.Take(group.Rank).Sum() * 2;
            Require(Numbers(group.ReduceScatterRows(all, counts)), sums[first..(first + ((int)counts[group.Rank] * 2))]);
            group.AllReduce(all);
            Require(Numbers(all), sums);
        }
        var whole = tensor(1L << 60);
        group.AllReduce(whole);
        if (whole.item<long>() != size * (1L << 60))
            throw new InvalidOperationException("int64 must be added as such");
    }

    private static Tensor Filled(double value, long count) => tensor([.. Enumerable.Repeat(value, (int)count)], float64);

    private static Tensor Range(long count) => tensor([.. Enumerable.Range(0, (int)count).Select(i => (double)i)], float64);

    private static double[] Numbers(Tensor tensor) => tensor.numel() == 0 ? [] : tensor.to_type(float64).data<double>().ToArray();

    private static void Require(double[] found, double[] expected)
    {
        if (!found.SequenceEqual(expected))
            throw new InvalidOperationException($"expected {string.Join(' ', expected)}, found {string.Join(' ', found)}");
    }
}
