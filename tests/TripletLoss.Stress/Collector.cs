namespace TripletLoss.Stress;

/// <summary>A thread that allocates, collects and runs finalisers until it is disposed.</summary>
internal sealed class Collector : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _isDone;
    private long _collections;

    public Collector()
    {
        _thread = new Thread(Collect) { IsBackground = true };
        _thread.Start();
    }

    public long Collections => Interlocked.Read(ref _collections);

    public void Dispose()
    {
        _isDone = true;
        _thread.Join();
    }

    private void Collect()
    {
        while (!_isDone)
        {
            for (var i = 0; i < 200; i++)
                _ = new byte[256];
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
            Interlocked.Increment(ref _collections);
        }
    }
}
