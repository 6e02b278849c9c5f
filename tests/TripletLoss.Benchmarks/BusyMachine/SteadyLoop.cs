using System.Diagnostics;

namespace TripletLoss.Benchmarks;

/// <summary>The same step over and over, in a process that does nothing else.</summary>
internal static class SteadyLoop
{
    private const double Seconds = 2;
    private const int WarmUp = 10;

    /// <summary>What it takes in the median.</summary>
    public static double MedianSeconds(Action step)
    {
        var (start, times) = (Stopwatch.GetTimestamp(), new List<double>());
        for (int i = 0; i < 2 * WarmUp || Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            step();
            if (i >= WarmUp)
                times.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }
        return Spread.Of(times).Median;
    }
}
