using System.Globalization;

namespace TripletLoss.Benchmarks;

/// <summary>What a step takes in a process of its own, whose threads wait as its environment says.</summary>
internal static class SteadyStep
{
    /// <summary>The command of the child process.</summary>
    public const string Command = "steady";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The median in seconds; null when the process did not answer.</summary>
    public static double? Measure(string subject, Workload workload, string? policy, int threads)
    {
        List<(string, string)> environment = [("OMP_NUM_THREADS", $"{threads}")];
        if (policy is not null)
            environment.Add(("OMP_WAIT_POLICY", policy));
        return ChildProcess.Ask(Patience, environment, Command, subject, workload.ToString()) is { } answer ? double.Parse(answer, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The child's side.</summary>
    public static string Answer(string name, Workload workload)
    {
        using var subject = SubjectCatalogue.Open(name, workload);
        return SteadyLoop.MedianSeconds(subject.Step).ToString(CultureInfo.InvariantCulture);
    }
}
