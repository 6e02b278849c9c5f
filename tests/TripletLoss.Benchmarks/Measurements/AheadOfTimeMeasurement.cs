using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TripletLoss.Benchmarks;

/// <summary>A loss compiled ahead of time with default settings beside the same compiled as it runs, each in processes of its own.</summary>
internal sealed class AheadOfTimeMeasurement(Workload workload, int processes) : IMeasurement
{
    private const string Project = "TripletLoss.Benchmarks.Native";
    private const string Ours = "compiled ahead of time", Rival = "compiled as it runs";

    // To compile, or to take the steps.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public string Title => $"{Ours}: {workload.Description}";

    /// <summary>Where there is a compiler to link with.</summary>
    public static IEnumerable<AheadOfTimeMeasurement> All(int processes) =>
        OperatingSystem.IsLinux() && File.Exists("/usr/bin/gcc") ? [new(new(LossKind.SemiHard, 2048, 4, 128), processes)] : [];

    public void Run(Findings findings)
    {
        string program = Compile();
        var (ahead, running) = (new List<double>(), new List<double>());
        for (int i = 0; i < processes; i++)
        {
            ahead.Add(double.Parse(Output(program, workload.ToString()), CultureInfo.InvariantCulture));
            running.Add(SteadyStep.Measure(Algorithm.OursName, workload, null, Environment.ProcessorCount) ?? throw new InvalidOperationException("The process did not answer."));
        }
        var (own, theirs) = (Spread.Of(ahead), Spread.Of(running));
        var ratio = own.Over(theirs.Median);
        findings.Rivals.Add(new(Ours, Rival, workload, Targets.AheadOfTime, own, theirs, ratio));
        findings.Judge(Targets.AheadOfTime, ratio.Median, workload.Description);
    }

    private static string Compile()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, Project)))
            folder = folder.Parent ?? throw new InvalidOperationException($"There is no {Project} above {AppContext.BaseDirectory}.");
        string project = Path.Combine(folder.FullName, Project), output = Path.Combine(project, "bin", "native");
        Output(
            "dotnet", "publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier.Contains("arm64", StringComparison.Ordinal) ? "linux-arm64" : "linux-x64",
            "-p:PublishAot=true", "-p:CppCompilerAndLinker=gcc", "-o", output, "-v:quiet", "--nologo");
        return Path.Combine(output, Project);
    }

    private static string Output(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        start.Environment["OMP_NUM_THREADS"] = $"{Environment.ProcessorCount}";
        return ChildProcess.LastLine(start, Patience) ?? throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed.");
    }
}
