using static TripletLoss.Benchmarks.LossKind;

namespace TripletLoss.Benchmarks;

/// <summary>A row of the table of losses, and the target it has to reach.</summary>
internal sealed record LossPlan(Workload Workload, Target? Target = null)
{
    private const int Dim = 128;

    /// <summary>Every row.</summary>
    public static IEnumerable<LossPlan> Full =>
        [.. SmallClasses, .. LargerClasses, .. TwoClasses, .. BatchAllLosses, new(new Workload(SemiHard, 65536, 4, Dim), Targets.Time65536)];

    /// <summary>Every row at B 1024, and some at 2048.</summary>
    public static IEnumerable<LossPlan> Quick =>
        Full.Where(plan => plan.Workload is { Batch: 1024 } or { Batch: 2048, Dim: Dim, ClassSize: 4 });

    private static IEnumerable<LossPlan> SmallClasses =>
        from loss in new[] { SemiHard, Hard }
        from dim in new[] { Dim, 4 * Dim }
        from batch in new[] { 1024, 2048, 4096, 8192 }
        select new LossPlan(new Workload(loss, batch, 4, dim), batch == 1024 ? Targets.SmallClasses1024 : Targets.SmallClasses);

    private static IEnumerable<LossPlan> LargerClasses =>
    [
        new(new(SemiHard, 1024, 16, Dim), Targets.ClassesOf16At1024),
        new(new(SemiHard, 4096, 16, Dim), Targets.ClassesOf16At4096),
        new(new(SemiHard, 1024, 64, Dim), Targets.ClassesOf64At1024),
        new(new(SemiHard, 4096, 64, Dim), Targets.ClassesOf64At4096),
        new(new Workload(Hard, 4096, 64, Dim)),
        new(Workload.TwoClasses(Hard, 4096, Dim)),
    ];

    private static IEnumerable<LossPlan> TwoClasses =>
        from data in Enum.GetValues<DataShape>().Except([DataShape.NearDuplicates, DataShape.HalfActive])
        from batch in new[] { 1024, 2048, 4096 }
        select new LossPlan(
            Workload.TwoClasses(SemiHard, batch, Dim, data),
            data == DataShape.Normal ? Targets.TwoClasses : Targets.TwoClassesAnyData);

    private static IEnumerable<LossPlan> BatchAllLosses =>
    [
        .. from batch in new[] { 1024, 2048, 4096, 8192 } select new LossPlan(new Workload(BatchAll, batch, 4, Dim), Targets.BatchAllSmallClasses),
        .. from batch in new[] { 1024, 2048, 4096, 8192 } select new LossPlan(Workload.TwoClasses(BatchAll, batch, Dim), Targets.BatchAllLargeClasses),
        .. from batch in new[] { 1024, 4096 } select new LossPlan(new Workload(BatchAll, batch, 4, Dim, DataShape.HalfActive)),
        .. from data in new[] { DataShape.Clusters, DataShape.HalfActive } select new LossPlan(Workload.TwoClasses(BatchAll, 2048, Dim, data), Targets.BatchAllLargeClasses),
        .. from batch in new[] { 1024, 4096 } select new LossPlan(new Workload(BatchAll, batch, 256, Dim), Targets.BatchAllLargeClasses),
    ];
}
