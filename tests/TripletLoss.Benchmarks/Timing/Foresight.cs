using System.Diagnostics;

namespace TripletLoss.Benchmarks;

/// <summary>Guesses the time of a step on a large batch from one on a smaller batch, so that nobody waits an hour for a row of a table.</summary>
internal static class Foresight
{
    private const int Divisor = 4;
    private const int LeastBatch = 2048;

    /// <summary>The seconds that a step is likely to take; 0 where the batch is small enough to just run.</summary>
    public static double SecondsOfStep(string algorithm, Workload workload)
    {
        if (workload.Batch < LeastBatch)
            return 0;
        using var smaller = SubjectCatalogue.Open(algorithm, workload.WithBatch(workload.Batch / Divisor));
        smaller.Step();
        long start = Stopwatch.GetTimestamp();
        smaller.Step();
        return Stopwatch.GetElapsedTime(start).TotalSeconds * Divisor * Divisor;
    }
}
