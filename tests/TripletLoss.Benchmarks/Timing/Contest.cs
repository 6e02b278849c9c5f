using System.Diagnostics;

namespace TripletLoss.Benchmarks;

/// <summary>Runs contenders in turn, each round beginning with another, so that what slows the machine slows them all.</summary>
internal static class Contest
{
    /// <summary>Warms all up, then takes the samples.</summary>
    public static void Run(IReadOnlyList<Contender> contenders, TimeBudget budget)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        foreach (var contender in contenders)
            contender.WarmUp();
        int rounds = budget.Rounds(contenders.Sum(contender => contender.SecondsOfSample));
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < rounds && (round == 0 || Stopwatch.GetElapsedTime(start).TotalSeconds < budget.MostSeconds); round++)
        {
            for (int i = 0; i < contenders.Count; i++)
                contenders[(round + i) % contenders.Count].Run();
        }
    }
}
