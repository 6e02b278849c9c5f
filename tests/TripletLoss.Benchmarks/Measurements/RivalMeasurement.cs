namespace TripletLoss.Benchmarks;

/// <summary>Something of ours beside something else that is not a peer's algorithm.</summary>
internal sealed class RivalMeasurement(string ours, string rival, Workload workload, Target target, TimeBudget budget) : IMeasurement
{
    public string Title => $"{ours} beside {rival}: {Where}";

    // Only a loss has a loss to name.
    private string Where => ours is RetrievalSubject.Name or NeighbourSubject.Name ? workload.BatchDescription : workload.Description;

    /// <summary>The losses on a small batch beside TorchSharp's own loss on ready triplets.</summary>
    public static IEnumerable<RivalMeasurement> ReadyTriplets(TimeBudget budget) =>
        from loss in Enum.GetValues<LossKind>()
        select new RivalMeasurement(
            Algorithm.OursName, ReadyTripletsSubject.Name, new Workload(loss, 64, 4, 64), Targets.ReadyTriplets, budget);

    /// <summary>Other calls of a loss beside the plain one.</summary>
    public static IEnumerable<RivalMeasurement> Variants(TimeBudget budget) =>
    [
        .. from loss in new[] { LossKind.SemiHard, LossKind.BatchAll }
           from data in new[] { DataShape.Normal, DataShape.NearDuplicates }
           select new RivalMeasurement(Variations.Cosine, Algorithm.OursName, new Workload(loss, 2048, 4, 128, data), Targets.Cosine, budget),
        .. from loss in Enum.GetValues<LossKind>()
           from variation in new[] { (Variations.PerAnchor, Targets.PerAnchor), (Variations.Report, Targets.Report) }
           from workload in new[] { new Workload(loss, 2048, 4, 128), Workload.TwoClasses(loss, 2048, 128) }
           select new RivalMeasurement(variation.Item1, Algorithm.OursName, workload, variation.Item2, budget),
        .. from batch in new[] { 1024, 4096 }
           from pair in new[]
           {
               (Variations.TensorKernel, SortAndSearch.SemiHard.Name, Targets.TensorKernel),
               (Variations.TensorKernelDouble, Variations.SortAndSearchDouble, Targets.TensorKernelDouble),
           }
           select new RivalMeasurement(pair.Item1, pair.Item2, new Workload(LossKind.SemiHard, batch, 4, 128), pair.Item3, budget),
    ];

    /// <summary>Retrieval beside the product of all points with all.</summary>
    public static IEnumerable<RivalMeasurement> Retrieval(TimeBudget budget) =>
    [
        new(RetrievalSubject.Name, SubjectCatalogue.Product, new Workload(LossKind.SemiHard, 10000, 10, 64), Targets.Retrieval, budget),
        new(NeighbourSubject.Name, SubjectCatalogue.Product, new Workload(LossKind.SemiHard, 10000, 10, 64), Targets.Neighbours, budget),
    ];

    public void Run(Findings findings)
    {
        using var rivalSubject = rival == SubjectCatalogue.Product ? new ProductSubject(workload) : SubjectCatalogue.Open(rival, workload);
        using var ourSubject = SubjectCatalogue.Open(ours, workload);
        var (theirs, own) = (new Contender(rivalSubject), new Contender(ourSubject));
        Contest.Run([theirs, own], budget);
        var ratio = own.Spread.Over(theirs.Spread.Median);
        findings.Rivals.Add(new(ours, rival, workload, target, own.Spread, theirs.Spread, ratio));
        findings.Judge(target, ratio.Median, Where);
    }
}
