using static TripletLoss.Benchmarks.LossKind;

namespace TripletLoss.Benchmarks;

/// <summary>A row of the memory table.</summary>
/// <param name="Subject">What takes the step.</param>
/// <param name="Workload">Of what batch.</param>
/// <param name="Target">What it should need at most.</param>
/// <param name="Threads">On how many threads; null: as many as cores.</param>
internal sealed record MemoryPlan(string Subject, Workload Workload, Target? Target = null, int? Threads = null)
{
    private const int ManyThreads = 64;
    private const int Dim = 128;

    /// <summary>Every row: this library, one product, and every peer where it runs.</summary>
    public static IEnumerable<MemoryPlan> Full =>
    [
        Ours(new(SemiHard, 1024, 4, Dim)),
        Ours(new(SemiHard, 16384, 4, Dim), Targets.Memory16384),
        Ours(new(Hard, 16384, 4, Dim), Targets.Memory16384),
        Ours(new(BatchAll, 16384, 4, Dim), Targets.Memory16384),
        Ours(new(SemiHard, 16384, 4, Dim), Targets.MemoryOfManyThreads, ManyThreads),
        Ours(new(Hard, 16384, 4, Dim), Targets.MemoryOfManyThreads, ManyThreads),
        Ours(new(BatchAll, 16384, 4, Dim), Targets.MemoryOfManyThreads, ManyThreads),
        Ours(Workload.TwoClasses(SemiHard, 16384, Dim)),
        Ours(Workload.TwoClasses(BatchAll, 16384, Dim)),
        Ours(new(SemiHard, 65536, 4, Dim), Targets.Memory65536),
        new(SubjectCatalogue.Product, new(SemiHard, 16384, 4, Dim)),
        .. PeerPlan.Quick.Select(plan => new MemoryPlan(plan.Peer.Name, plan.Workload)),
        new(SortAndSearch.SemiHard.Name, new(SemiHard, 4096, 4, Dim)),
        new(PairwiseMasks.Hard.Name, new(Hard, 8192, 4, Dim)),
    ];

    /// <summary>The row with the target, and two to hold it against.</summary>
    public static IEnumerable<MemoryPlan> Quick =>
    [
        Ours(new(SemiHard, 16384, 4, Dim), Targets.Memory16384),
        new(SubjectCatalogue.Product, new(SemiHard, 16384, 4, Dim)),
        new(SortAndSearch.SemiHard.Name, new(SemiHard, 1024, 4, Dim)),
    ];

    private static MemoryPlan Ours(Workload workload, Target? target = null, int? threads = null) => new(Algorithm.OursName, workload, target, threads);
}
