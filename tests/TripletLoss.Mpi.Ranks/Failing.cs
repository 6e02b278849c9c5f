using static TorchSharp.torch;

namespace TripletLoss.Ranks;

/// <summary>Exceptions before, within and after calls, and ranks that call different things: nothing catches them.</summary>
internal static class Failing
{
    public static void Before(IProcessGroup group)
    {
        ThrowOn(2, group);
        Call(group, new TripletHardLoss());
    }

    public static void Within(IProcessGroup group) => Call(group, new TripletHardLoss(distance: Distance.Create((x, y) =>
    {
        ThrowOn(2, group);
        return cdist(x, y);
    })));

    public static void After(IProcessGroup group)
    {
        Call(group, new TripletHardLoss());
        ThrowOn(2, group);
    }

    public static void Differ(IProcessGroup group) => Call(group, new TripletHardLoss(margin: group.Rank == 2 ? 2 : 1));

    public static void CallOthers(IProcessGroup group)
    {
        if (group.Rank == 2)
            group.SumGradients([zeros(3).requires_grad_()]);
        else
            Call(group, new TripletHardLoss());
    }

    private static void Call(IProcessGroup group, Loss loss)
    {
        using var scope = NewDisposeScope();
        loss.Call(tensor(new long[] { 0, 0, 1, 1 }), tensor(new float[,] { { 0, 1 }, { 1, 0 }, { 2, 2 }, { 3, 1 } }).requires_grad_(), group).backward();
    }

    private static void ThrowOn(int rank, IProcessGroup group)
    {
        if (group.Rank == rank)
            throw new TimeoutException("this rank has failed");
    }
}
