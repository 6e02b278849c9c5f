namespace TripletLoss.Benchmarks;

/// <summary>Threads that compute all the time, as another program would.</summary>
internal sealed class BusyCores : IDisposable
{
    private readonly Thread[] _threads;
    private volatile bool _isOver;

    public BusyCores(int count)
    {
        _threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(Compute) { IsBackground = true })];
        foreach (var thread in _threads)
            thread.Start();
    }

    public void Dispose()
    {
        _isOver = true;
        foreach (var thread in _threads)
            thread.Join();
    }

    private void Compute()
    {
        while (!_isOver)
            Thread.SpinWait(100);
    }
}
