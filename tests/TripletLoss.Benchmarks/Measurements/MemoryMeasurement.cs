namespace TripletLoss.Benchmarks;

/// <summary>Peak memory of one step, in a process of its own.</summary>
internal sealed class MemoryMeasurement(MemoryPlan plan) : IMeasurement
{
    private const double BytesOfMebibyte = 1 << 20;

    public string Title => $"memory: {plan.Subject}, {plan.Workload.Description}{(plan.Threads is { } threads ? $", {threads} threads" : "")}";

    public void Run(Findings findings)
    {
        double? bytes = PeakMemory.Measure(plan.Subject, plan.Workload, plan.Threads);
        findings.Memory.Add(new(plan, bytes));
        findings.Judge(plan.Target, bytes / BytesOfMebibyte ?? double.PositiveInfinity, plan.Workload.Description);
    }
}
