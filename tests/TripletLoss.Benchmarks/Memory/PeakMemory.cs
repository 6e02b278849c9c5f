using System.Globalization;

namespace TripletLoss.Benchmarks;

/// <summary>What one step needs at its peak beyond its input and the gradient it leaves: measured in a process of its own.</summary>
internal static class PeakMemory
{
    /// <summary>The command of the child process.</summary>
    public const string Command = "peak";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Bytes, or null where the process failed or took too long.</summary>
    public static double? Measure(string algorithm, Workload workload, int? threads)
    {
        string? answer = ChildProcess.Ask(Patience, threads is { } count ? Threads.Pretended(count) : [], Command, algorithm, workload.ToString());
        return answer is null ? null : double.Parse(answer, CultureInfo.InvariantCulture);
    }

    /// <summary>The child's side: warms up on a small batch, then watches one step.</summary>
    public static string Answer(string algorithm, Workload workload)
    {
        Threads.UseAllCores();
        using (var tiny = SubjectCatalogue.Open(algorithm, workload.Tiny()))
            tiny.Step();
        using var subject = SubjectCatalogue.Open(algorithm, workload);
        ResidentSet.Settle();
        ResidentSet.ForgetPeak();
        long before = ResidentSet.Now;
        subject.Step();
        return (ResidentSet.Peak - before - subject.ResultBytes).ToString(CultureInfo.InvariantCulture);
    }
}
