using System.Diagnostics;

namespace TripletLoss.Mpi.Tests;

/// <summary>Starts ranks by an <c>mpirun</c>, under a time limit.</summary>
/// <param name="ExitCode">What mpirun returned.</param>
/// <param name="Output">All that was written.</param>
/// <param name="Time">How long it took.</param>
internal sealed record MpiRun(int ExitCode, string Output, TimeSpan Time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>Runs the program of ranks; skips the test where that MPI is not installed.</summary>
    /// <param name="mpi"><c>openmpi</c> or <c>mpich</c>.</param>
    /// <param name="ranks">How many.</param>
    /// <param name="work">What to do.</param>
    public static MpiRun Of(string mpi, int ranks, string work)
    {
        string? command = Find(mpi);
        Assert.SkipWhen(command is null, $"{mpi} is not installed: apt-get install -y {(mpi == "openmpi" ? "openmpi-bin" : "mpich")}");
        string[] options = mpi == "openmpi" ? ["--allow-run-as-root", "--oversubscribe", "--bind-to", "none"] : [];
        var start = new ProcessStartInfo(
            command!, [.. options, "-n", $"{ranks}", "dotnet", Path.Combine(AppContext.BaseDirectory, "TripletLoss.Mpi.Ranks.dll"), work])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Codes of a terminal would stand between the words; a crash on purpose needs no dump.
        foreach (var (name, value) in new[] { ("TERM", "dumb"), ("OMP_NUM_THREADS", "1"), ("DOTNET_DbgEnableMiniDump", "0") })
            start.Environment[name] = value;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        bool ended = process.WaitForExit(Limit);
        if (!ended)
            process.Kill(entireProcessTree: true);
        Assert.True(ended && Task.WaitAll([output, errors], Limit), $"{mpi} {work} did not end within {Limit}.");
        return new MpiRun(process.ExitCode, output.Result + errors.Result, clock.Elapsed);
    }

    // Debian names both; elsewhere the one that is there says what it is.
    private static string? Find(string mpi)
    {
        if (OnPath($"mpirun.{mpi}") is { } named)
            return named;
        if (OnPath("mpirun") is not { } plain)
            return null;
        using var process = Process.Start(new ProcessStartInfo(plain, ["--version"]) { RedirectStandardOutput = true })!;
        bool isOpenMpi = process.StandardOutput.ReadToEnd().Contains("Open MPI", StringComparison.Ordinal);
        return isOpenMpi == (mpi == "openmpi") ? plain : null;
    }

    private static string? OnPath(string command) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, command)).FirstOrDefault(File.Exists);
}
