using static TorchSharp.torch;

namespace TripletLoss.Ranks;

/// <summary>Ranks that disagree, and arguments that are wrong on one rank: an exception on every rank, and all are still in step.</summary>
internal static class Disagreements
{
    public static void Run(IProcessGroup group)
    {
        using var scope = NewDisposeScope();
        var (labels, points) = (tensor(new long[] { 0, 0, 1, 1 }), tensor(new float[,] { { 0, 1 }, { 1, 0 }, { 2, 2 }, { 3, 1 } }));
        var loss = new TripletSemiHardLoss(margin: 0.5);
        bool isOdd = group.Rank == 1;
        Expect<InvalidOperationException>("on rank 1", () => new TripletSemiHardLoss(isOdd ? 0.25 : 0.5).Call(labels, points, group));
        Expect<InvalidOperationException>("Float64 on rank 1", () => loss.Call(labels, points.to_type(isOdd ? float64 : float32), group));
        Expect<InvalidOperationException>("3 on rank 1", () => loss.Call(labels, isOdd ? points.repeat(1, 2).narrow(1, 0, 3) : points, group));
        Expect<InvalidOperationException>("some on rank 1", () => loss.Call(labels, points, group, isOdd ? ones(4) : null));
        Expect<InvalidOperationException>("on rank 1", () => (isOdd ? (Loss)new TripletHardLoss(0.5) : loss).Call(labels, points, group));
        Expect<InvalidOperationException>("RetrievalMetrics on rank 1", () => isOdd ? Measured(labels, points, group) : loss.Call(labels, points, group));
        var failing = new TripletHardLoss(distance: Distance.Create((x, y) => isOdd ? throw new TimeoutException("too late") : cdist(x, y)));
        if (isOdd)
            Expect<TimeoutException>("too late", () => failing.Call(labels, points, group));
        else
            Expect<InvalidOperationException>("failed on rank 1, not here. Rank 1: TimeoutException: too late", () => failing.Call(labels, points, group));
        if (isOdd)
            Expect<ArgumentException>("one row per sample", () => loss.Call(labels.narrow(0, 0, 3), points, group));
        else
            Expect<InvalidOperationException>("failed on rank 1, not here", () => loss.Call(labels, points, group));
        var spoilt = isOdd ? points.mul(tensor(float.NaN)) : points;
        if (!float.IsNaN(loss.Call(labels, spoilt, group).item<float>()))
            throw new InvalidOperationException("NaN on one rank must be NaN on all");
        if (!(new TripletSemiHardLoss(margin: 100).Call(labels, points, group).item<float>() > 0))
            throw new InvalidOperationException("the ranks are out of step");
    }

    private static Tensor Measured(Tensor labels, Tensor points, IProcessGroup group)
    {
        RetrievalMetrics.LeaveOneOut(labels, points, group);
        return points;
    }

    private static void Expect<T>(string message, Func<Tensor> call) where T : Exception
    {
        try
        {
            call();
        }
        catch (T exception) when (exception.Message.Contains(message, StringComparison.Ordinal))
        {
            return;
        }
        throw new InvalidOperationException($"no error said '{message}'");
    }
}
