namespace TripletLoss.Benchmarks;

/// <summary>A loss and a product while other programs keep cores busy, by the way in which libtorch's threads wait.</summary>
internal sealed class BusyMachineMeasurement(Workload workload, string? policy, int threads) : IMeasurement
{
    public string Title => $"busy machine: {workload.Description}, {threads} threads, {policy ?? "default"} waiting";

    /// <summary>Every way to wait.</summary>
    public static IEnumerable<BusyMachineMeasurement> All =>
        from batch in new[] { 256, 2048 }
        from way in new[] { ((string?)null, Environment.ProcessorCount), ("passive", Environment.ProcessorCount), (null, 1) }
        select new BusyMachineMeasurement(new Workload(LossKind.SemiHard, batch, 4, 128), way.Item1, way.Item2);

    public void Run(Findings findings)
    {
        double? Step(string subject) => SteadyStep.Measure(subject, workload, policy, threads);
        var (loss, product) = (Step(Algorithm.OursName), Step(SubjectCatalogue.Product));
        using var others = new BusyCores(Environment.ProcessorCount - 1);
        findings.BusyMachine.Add(new(workload, policy, threads, loss, product, Step(Algorithm.OursName), Step(SubjectCatalogue.Product)));
    }
}
