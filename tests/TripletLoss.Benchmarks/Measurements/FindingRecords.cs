namespace TripletLoss.Benchmarks;

/// <summary>A row of the table of losses; without a ratio where the step would take too long.</summary>
internal sealed record LossFinding(LossPlan Plan, Spread? Product, Spread? Ratio, double AllocatedBytes, string? Note)
{
    /// <summary>A row without figures.</summary>
    public static LossFinding NotRun(LossPlan plan, double secondsOfStep) =>
        new(plan, null, null, 0, $"not run: a step would take about {Figures.Plain(secondsOfStep)} s");
}

/// <summary>A row of the table of peers: both over the product, and how many times faster this library is.</summary>
internal sealed record PeerFinding(PeerPlan Plan, Spread Peer, Spread Ours, double TimesFaster);

/// <summary>Something of ours beside its rival, in seconds, and the ratio of the two.</summary>
internal sealed record RivalFinding(string Ours, string Rival, Workload Workload, Target Target, Spread OurTime, Spread RivalTime, Spread Ratio);

/// <summary>A row of the memory table; null: not known.</summary>
internal sealed record MemoryFinding(MemoryPlan Plan, double? Bytes);

/// <summary>A row of the table of cold starts; null: not known.</summary>
internal sealed record ColdFinding(string Algorithm, Workload Workload, FirstCalls? Calls);

/// <summary>Seconds of a step with all cores idle and with all but one busy; null: not known.</summary>
internal sealed record BusyMachineFinding(Workload Workload, string? Policy, int Threads, double? Loss, double? Product, double? BusyLoss, double? BusyProduct);

/// <summary>A row of BenchmarkDotNet's table: seconds and managed bytes a call.</summary>
internal sealed record MicroFinding(string Subject, int Batch, Spread Time, double AllocatedBytes);
