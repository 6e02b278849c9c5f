using static TripletLoss.Benchmarks.LossKind;

namespace TripletLoss.Benchmarks;

/// <summary>A comparison with an algorithm of another library.</summary>
internal sealed record PeerPlan(Workload Workload, Algorithm Peer, Target? Target = null)
{
    private const int Dim = 128;

    /// <summary>Every comparison.</summary>
    public static IEnumerable<PeerPlan> Full =>
    [
        .. Quick,
        new(new(SemiHard, 256, 4, Dim), CubicMasks.SemiHard),
        new(new(SemiHard, 1024, 16, Dim), SortAndSearch.SemiHard, Targets.AgainstSortOf16),
        new(Workload.TwoClasses(SemiHard, 1024, Dim), SortAndSearch.SemiHard),
        new(new(SemiHard, 2048, 4, Dim), SortAndSearch.SemiHard),
        new(new(SemiHard, 1024, 16, Dim), PairwiseMasks.SemiHard),
        new(new(Hard, 4096, 4, Dim), PairwiseMasks.Hard),
        new(Workload.TwoClasses(BatchAll, 512, Dim), PairsAgainstBatch.BatchAll),
        new(Workload.TwoClasses(BatchAll, 1024, Dim), SortedSums.BatchAll),
    ];

    /// <summary>Every algorithm once.</summary>
    public static IEnumerable<PeerPlan> Quick =>
    [
        new(new(SemiHard, 512, 4, Dim), CubicMasks.SemiHard, Targets.AgainstTfa),
        new(new(SemiHard, 1024, 4, Dim), SortAndSearch.SemiHard, Targets.AgainstSort),
        new(new(SemiHard, 1024, 4, Dim), PairwiseMasks.SemiHard),
        new(new(Hard, 1024, 4, Dim), PairwiseMasks.Hard),
        new(new(BatchAll, 512, 4, Dim), TripletCube.BatchAll),
        new(new(BatchAll, 1024, 4, Dim), PairsAgainstBatch.BatchAll),
        new(new(BatchAll, 1024, 4, Dim), SortedSums.BatchAll),
    ];
}
