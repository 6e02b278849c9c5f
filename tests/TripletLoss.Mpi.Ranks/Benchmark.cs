using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace TripletLoss.Ranks;

/// <summary>Times a loss over all ranks with its gradient, shared out and all of it on every rank, and its exchanges: the least of repeats. Rank 0 writes a line of figures for each.</summary>
internal static class Benchmark
{
    /// <summary>What begins such a line; the rest is a title and a figure, between tabulators.</summary>
    public const string Mark = "figure";

    /// <summary>The size of the batch, the same for any number of ranks.</summary>
    public const int Samples = 8192, Dim = 128, PerClass = 4, Repeats = 9;

    private const int Many = 1 << 18, OfMany = 256;

    public static void Run(IProcessGroup group)
    {
        using var scope = NewDisposeScope();
        // All cores of the machine, whatever libtorch sees of them.
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null)
            set_num_threads(Math.Max(1, Environment.ProcessorCount / group.Size));
        var random = new Random(group.Rank);
        int own = Samples / group.Size;
        long[] counts = [.. Enumerable.Repeat((long)own, group.Size)];
        var labels = tensor([.. Enumerable.Range(group.Rank * own, own).Select(row => (long)(row / PerClass))]);
        var points = tensor([.. Enumerable.Range(0, own * Dim).Select(_ => (float)(random.NextDouble() - 0.5))]).reshape(own, Dim).requires_grad_();
        var all = group.AllGatherRows(points.detach(), counts);
        Say(group, "threads each", get_num_threads());
        foreach (var (name, loss) in new (string, Loss)[] { ("semi-hard", new TripletSemiHardLoss()), ("hard", new TripletHardLoss()), ("batch-all", new TripletBatchAllLoss()) })
        {
            Say(group, $"{name}, shared out", Of(loss, true));
            Say(group, $"{name}, all on every rank", Of(loss, false));
        }
        Say(group, "all-gather", Time(group, () => group.AllGatherRows(points.detach(), counts).Dispose()));
        Say(group, "reduce-scatter", Time(group, () => group.ReduceScatterRows(all, counts).Dispose()));
        if (group.Size == 1)
            Say(group, $"semi-hard, {OfMany} anchors against {Many} samples", OneOfAThousand());

        double Of(Loss loss, bool share) => Time(group, () =>
        {
            using var inner = NewDisposeScope();
            new GlobalBatch(loss, new BatchArguments(labels, points), group).Evaluate(share: share).backward();
        });
    }

    private static void Say(IProcessGroup group, string title, double figure)
    {
        if (group.Rank == 0)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Mark}\t{title}\t{figure}"));
    }

    // What each of 1000 ranks would have to compute.
    private static double OneOfAThousand()
    {
        using var scope = NewDisposeScope();
        var random = new Random(1);
        var points = tensor([.. Enumerable.Range(0, Many * Dim).Select(_ => (float)(random.NextDouble() - 0.5))]).reshape(Many, Dim);
        var labels = tensor([.. Enumerable.Range(0, Many).Select(row => (long)(row / PerClass))]);
        var copies = tensor([.. Enumerable.Range(0, OfMany).Select(row => (long)row)]);
        var references = new ReferenceSet(labels, points.requires_grad_(), copies);
        double least = double.PositiveInfinity;
        for (int repeat = 0; repeat < 3; repeat++)
        {
            using var inner = NewDisposeScope();
            var clock = Stopwatch.StartNew();
            new TripletSemiHardLoss().Call(labels.narrow(0, 0, OfMany), points.detach().narrow(0, 0, OfMany).requires_grad_(), references);
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
