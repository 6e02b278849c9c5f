using System.Diagnostics;
using System.Globalization;

namespace TripletLoss.Benchmarks;

/// <summary>What the first calls in a fresh process cost.</summary>
/// <param name="FirstTensor">Seconds to load libtorch and make the batch: what every program pays.</param>
/// <param name="First">Seconds of the first loss and gradient, its code not compiled yet.</param>
/// <param name="Second">Seconds of the second.</param>
internal readonly record struct FirstCalls(double FirstTensor, double First, double Second)
{
    /// <summary>The command of the child process.</summary>
    public const string Command = "cold";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Starts some processes and takes the median of each figure; null when none answered.</summary>
    public static FirstCalls? Measure(string algorithm, Workload workload, int processes)
    {
        double[][] answers = [.. Enumerable.Range(0, processes)
            .Select(_ => ChildProcess.Ask(Patience, Command, algorithm, workload.ToString()))
            .OfType<string>()
            .Select(Numbers)];
        return answers is [] ? null : new(Median(answers, 0), Median(answers, 1), Median(answers, 2));
    }

    /// <summary>The child's side.</summary>
    public static string Answer(string algorithm, Workload workload)
    {
        long start = Stopwatch.GetTimestamp();
        Threads.UseAllCores();
        using var subject = SubjectCatalogue.Open(algorithm, workload);
        double load = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"{load} {SecondsOf(subject)} {SecondsOf(subject)}");
    }

    private static double SecondsOf(ISubject subject)
    {
        long start = Stopwatch.GetTimestamp();
        subject.Step();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double[] Numbers(string line) =>
        [.. line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    private static double Median(double[][] answers, int figure) => Spread.Of(answers.Select(answer => answer[figure])).Median;
}
