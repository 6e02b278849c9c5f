namespace TripletLoss.Benchmarks;

/// <summary>The first calls of a fresh process.</summary>
internal sealed class ColdStartMeasurement(string algorithm, Workload workload, int processes) : IMeasurement
{
    public string Title => $"cold start: {algorithm}, {workload.Description}";

    /// <summary>Every loss, and TorchSharp's own.</summary>
    public static IEnumerable<ColdStartMeasurement> All(int processes) =>
    [
        .. Enum.GetValues<LossKind>().Select(loss => new ColdStartMeasurement(Algorithm.OursName, new(loss, 64, 4, 64), processes)),
        new(ReadyTripletsSubject.Name, new(LossKind.SemiHard, 64, 4, 64), processes),
    ];

    public void Run(Findings findings) =>
        findings.ColdStarts.Add(new(algorithm, workload, FirstCalls.Measure(algorithm, workload, processes)));
}
