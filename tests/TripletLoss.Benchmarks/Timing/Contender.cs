using System.Diagnostics;

namespace TripletLoss.Benchmarks;

/// <summary>One side of a comparison, with the times it took.</summary>
internal sealed class Contender(ISubject subject)
{
    // A sample is never shorter than this: the clock and the caches of the other contenders would show.
    private const double ShortestSample = 2e-3;
    // Until what was compiled quickly is compiled well, beside threads that take the cores.
    private const double WarmUpSeconds = 1;
    private const int MostWarmUps = 10_000;
    // By their median: any single one may have been interrupted.
    private const int LastWarmUps = 15;

    private readonly List<double> _seconds = [];
    private long _allocated;
    private int _repeats = 1;

    /// <summary>What a sample costs, once warm.</summary>
    public double SecondsOfSample { get; private set; }

    /// <summary>Seconds of a step.</summary>
    public Spread Spread => Spread.Of(_seconds);

    /// <summary>Managed bytes that a step allocates, on all threads.</summary>
    public double AllocatedBytes => (double)_allocated / (_seconds.Count * _repeats);

    /// <summary>Runs until the code is compiled and the time of a step is known; a long step compiles it by itself.</summary>
    public void WarmUp()
    {
        long start = Stopwatch.GetTimestamp();
        List<double> seconds = [];
        while (seconds.Count == 0 || (seconds.Count < MostWarmUps && Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds))
            seconds.Add(Time(1));
        double step = Spread.Of([.. seconds.TakeLast(LastWarmUps)]).Median;
        _repeats = (int)Math.Clamp(Math.Ceiling(ShortestSample / step), 1, 1000);
        SecondsOfSample = step * _repeats;
    }

    /// <summary>Takes one sample.</summary>
    public void Run()
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        double seconds = Time(_repeats);
        _allocated += GC.GetTotalAllocatedBytes(precise: true) - before;
        _seconds.Add(seconds);
    }

    private double Time(int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
            subject.Step();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }
}
