using System.Diagnostics;

namespace TripletLoss;

/// <summary>Ends the process when it has waited too long for other ranks: another thread could not even call MPI_Abort meanwhile.</summary>
internal sealed class Watchdog
{
    private readonly TimeSpan _patience;
    private readonly string _who;
    private volatile string? _call;
    private long _since;

    /// <param name="patience">How long a call may take.</param>
    /// <param name="who">Whose call, in the message.</param>
    public Watchdog(TimeSpan patience, string who)
    {
        (_patience, _who) = (patience, who);
        if (patience != Timeout.InfiniteTimeSpan)
            new Thread(Watch) { IsBackground = true, Name = "MPI watchdog" }.Start();
    }

    /// <summary>A call begins.</summary>
    public void Begin(string call)
    {
        Volatile.Write(ref _since, Stopwatch.GetTimestamp());
        _call = call;
    }

    /// <summary>The call is over.</summary>
    public void End() => _call = null;

    private void Watch()
    {
        var pause = TimeSpan.FromMilliseconds(Math.Clamp(_patience.TotalMilliseconds / 20, 10, 1000));
        while (true)
        {
            Thread.Sleep(pause);
            if (_call is { } call && Stopwatch.GetElapsedTime(Volatile.Read(ref _since)) > _patience)
                Environment.FailFast($"{_who} has waited in {call} for more than {_patience}: another rank has not arrived.");
        }
    }
}
