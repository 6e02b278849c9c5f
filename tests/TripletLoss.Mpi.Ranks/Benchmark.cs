using System.Diagnostics;
using static TorchSharp.torch;

namespace TripletLoss.Ranks;

/// <summary>Times a loss over all ranks with its gradient, shared out and all of it on every rank, and its exchanges: the least of repeats.</summary>
internal static class Benchmark
{
    private const int Samples = 8192, Dim = 128, PerClass = 4, Repeats = 9;

    public static void Run(IProcessGroup group)
    {
        using var scope = NewDisposeScope();
        var random = new Random(group.Rank);
        int own = Samples / group.Size;
        long[] counts = [.. Enumerable.Repeat((long)own, group.Size)];
        var labels = tensor([.. Enumerable.Range(group.Rank * own, own).Select(row => (long)(row / PerClass))]);
        var points = tensor([.. Enumerable.Range(0, own * Dim).Select(_ => (float)(random.NextDouble() - 0.5))]).reshape(own, Dim).requires_grad_();
        var all = group.AllGatherRows(points.detach(), counts);
        List<string> lines = [$"{Samples} samples, d {Dim}, {PerClass} a class, {group.Size} ranks, {get_num_threads()} threads each"];
        foreach (var loss in new Loss[] { new TripletSemiHardLoss(), new TripletHardLoss(), new TripletBatchAllLoss() })
            lines.Add($"{loss.Name}: shared out {Of(loss, true):F0} ms, all of it on every rank {Of(loss, false):F0} ms");
        lines.Add($"all-gather of {all.numel() * 4 / 1e6:F1} MB: {Time(group, () => group.AllGatherRows(points.detach(), counts).Dispose()):F1} ms");
        lines.Add($"reduce-scatter of it: {Time(group, () => group.ReduceScatterRows(all, counts).Dispose()):F1} ms");
        if (group.Rank == 0)
        {
            lines.Add($"256 anchors against 262144 samples: {OneOfAThousand():F0} ms");
            lines.ForEach(Console.WriteLine);
        }

        double Of(Loss loss, bool share) => Time(group, () =>
        {
            using var inner = NewDisposeScope();
            new GlobalBatch(loss, new BatchArguments(labels, points), group).Evaluate(share: share).backward();
        });
    }

    // What each of 1000 ranks would have to compute.
    private static double OneOfAThousand()
    {
        const int all = 1 << 18;
        using var scope = NewDisposeScope();
        var random = new Random(1);
        var points = tensor([.. Enumerable.Range(0, all * Dim).Select(_ => (float)(random.NextDouble() - 0.5))]).reshape(all, Dim);
        var labels = tensor([.. Enumerable.Range(0, all).Select(row => (long)(row / PerClass))]);
        var copies = tensor([.. Enumerable.Range(0, 256).Select(row => (long)row)]);
        var references = new ReferenceSet(labels, points.requires_grad_(), copies);
        double least = double.PositiveInfinity;
        for (int repeat = 0; repeat < 3; repeat++)
        {
            using var inner = NewDisposeScope();
            var clock = Stopwatch.StartNew();
            new TripletSemiHardLoss().Call(labels.narrow(0, 0, 256), points.detach().narrow(0, 0, 256).requires_grad_(), references);
            least = Math.Min(least, clock.Elapsed.TotalMilliseconds);
        }
        return least;
    }

    // Until the last rank is done.
    private static double Time(IProcessGroup group, Action action)
    {
        double least = double.PositiveInfinity;
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            group.AllGather([0]);
            var clock = Stopwatch.StartNew();
            action();
            group.AllGather([0]);
            least = Math.Min(least, clock.Elapsed.TotalMilliseconds);
        }
        return least;
    }
}
