using System.Diagnostics;
using System.Globalization;

namespace TripletLoss.Ranks;

/// <summary>Starts the benchmark on 1, 2 and 4 ranks of this machine by <c>mpirun</c>, and prints its figures as a Markdown table.</summary>
internal static class MeasuredTable
{
    private static readonly int[] Ranks = [1, 2, 4];

    public static int Print()
    {
        List<Dictionary<string, double>> runs = [.. Ranks.Select(Run)];
        string[] titles = [.. runs[^1].Keys];
        Console.WriteLine($"Measured: {Benchmark.Samples} samples of {Benchmark.Dim} numbers in all, {Benchmark.PerClass} per class, value and gradient; milliseconds, the least of {Benchmark.Repeats}; a machine with {Environment.ProcessorCount} cores.");
        Console.WriteLine();
        Console.WriteLine($"| ranks | {string.Join(" | ", titles)} |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---:|", titles.Length + 1))}");
        foreach (var (ranks, run) in Ranks.Zip(runs))
            Console.WriteLine($"| {ranks} | {string.Join(" | ", titles.Select(title => Text(run[title])))} |");
        Console.WriteLine();
        foreach (string title in runs[0].Keys.Except(titles))
            Console.WriteLine($"One rank, {title}: {Text(runs[0][title])} ms.");
        return 0;
    }

    private static Dictionary<string, double> Run(int ranks)
    {
        string[] options = IsOpenMpi() ? ["--allow-run-as-root", "--oversubscribe", "--bind-to", "none"] : [];
        string output = Read("mpirun", [.. options, "-n", $"{ranks}", "dotnet", Path.Combine(AppContext.BaseDirectory, "TripletLoss.Mpi.Ranks.dll"), "benchmark"]);
        return output.Split('\n').Select(line => line.TrimEnd('\r').Split('\t')).Where(parts => parts is [Benchmark.Mark, _, _])
            .ToDictionary(parts => parts[1], parts => double.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private static bool IsOpenMpi() => Read("mpirun", ["--version"]).Contains("Open MPI", StringComparison.Ordinal);

    private static string Read(string command, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, Environment = { ["TERM"] = "dumb" } })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{command} {string.Join(' ', arguments)} failed: {process.ExitCode}");
    }

    private static string Text(double figure) => figure.ToString(figure < 10 && figure != Math.Floor(figure) ? "F1" : "F0", CultureInfo.InvariantCulture);
}
