using System.Diagnostics;

namespace TripletLoss.Ranks;

/// <summary>What the ranks can be told to do.</summary>
internal static class Works
{
    public static Dictionary<string, Action<IProcessGroup>> ByName { get; } = new()
    {
        ["collectives"] = Collectives.Run,
        ["losses"] = group => GlobalLosses.Run(group, cases: 20),
        ["training"] = GlobalLosses.Train,
        ["disagreement"] = Disagreements.Run,
        ["null"] = MeetNull,
        ["benchmark"] = Benchmark.Run,
        ["large"] = Collectives.RunLarge,
        ["throw before"] = Failing.Before,
        ["throw within"] = Failing.Within,
        ["throw after"] = Failing.After,
        ["differ"] = Failing.Differ,
        ["others"] = Failing.CallOthers,
        ["throw"] = group => On(2, group, () => throw new TimeoutException("this rank has failed")),
        ["kill"] = group => On(2, group, () => Process.GetCurrentProcess().Kill()),
        ["crash"] = group => On(2, group, () =>
        {
            new Thread(() => throw new TimeoutException("another thread has failed")).Start();
            Thread.Sleep(Timeout.Infinite);
        }),
        ["exit"] = group => On(2, group, () => Environment.Exit(0)),
        ["exit elsewhere"] = group => On(2, group, () =>
        {
            new Thread(ExitSoon).Start();
            group.AllGather([2]);
        }),
        ["abort"] = group => On(2, group, () => group.Abort("no disk is left")),
        ["never"] = group => group.AllGather([1]),
        ["never again"] = group => On(2, group, () => Thread.Sleep(Timeout.Infinite)),
        ["leave"] = group => On(2, group, () => { }),
    };

    // One rank does something; the first waits for it in an exchange, and in another if that succeeds.
    private static void On(int rank, IProcessGroup group, Action fail)
    {
        group.AllGather([1]);
        if (group.Rank == rank)
        {
            fail();
            return;
        }
        if (group.Rank == 1)
            Thread.Sleep(700);
        group.AllGather([2]);
        group.AllGather([3]);
    }

    private static void ExitSoon()
    {
        Thread.Sleep(500);
        Environment.Exit(0);
    }

    // A library that took SIGSEGV for itself would end the process here.
    private static void MeetNull(IProcessGroup group)
    {
        group.AllGather(new byte[100_000]);
        string? nothing = group.Size < 0 ? "" : null;
        try
        {
            Console.WriteLine(nothing!.Length);
        }
        catch (NullReferenceException)
        {
            group.AllGather([1]);
            return;
        }
        throw new InvalidOperationException("null has a length");
    }
}
