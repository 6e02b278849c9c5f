namespace TripletLoss;

/// <summary>From MPI's initialisation to its end, whichever that is.</summary>
/// <remarks>
/// No <c>Dispose</c> finalises: an exception that unwinds through it would wait in MPI_Finalize for ranks that wait for this one.
/// </remarks>
internal sealed class MpiSession
{
    private const int Failed = 1;

    private static readonly TimeSpan TimeToBeRead = TimeSpan.FromMilliseconds(200);

    private readonly MpiLibrary _library;
    private readonly Watchdog _watchdog;
    private readonly object _gate = new();
    private readonly string _who = MpiLauncher.Who;
    private volatile bool _isOver;

    private MpiSession(TimeSpan patience)
    {
        _watchdog = new Watchdog(patience, _who);
        _watchdog.Begin("MPI_Init_thread");
        _library = CrashSignals.Kept(MpiLibrary.Initialize);
        _watchdog.End();
        (Rank, Size) = (_library.Rank(), _library.Size());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndOfProcess();
    }

    /// <summary>This rank.</summary>
    public int Rank { get; }

    /// <summary>How many ranks there are.</summary>
    public int Size { get; }

    /// <summary>The library's numbers.</summary>
    public MpiHandles Handles => _library.Handles;

    /// <summary>As <see cref="MpiGroup.Run"/>.</summary>
    public static void Run(Action<IProcessGroup> body, TimeSpan patience)
    {
        var session = new MpiSession(patience);
        MpiLauncher.ShareCores();
        try
        {
            body(new MpiRank(session));
        }
        catch (Exception exception)
        {
            session.Abort(exception.ToString());
            throw;
        }
        session.Do("MPI_Finalize", library =>
        {
            library.Finish();
            session._isOver = true;
        });
    }

    /// <summary>Calls the library: one call at a time, and not for ever.</summary>
    public void Do(string name, Action<MpiLibrary> call)
    {
        lock (_gate)
        {
            if (_isOver)
                throw new InvalidOperationException($"{name}: MpiGroup.Run has ended, and the group with it.");
            _watchdog.Begin(name);
            try
            {
                call(_library);
            }
            finally
            {
                _watchdog.End();
            }
        }
    }

    /// <summary>Ends all ranks.</summary>
    public void Abort(string reason)
    {
        Say(reason);
        End(Failed);
    }

    // Environment.Exit, or a main thread that ends while another one is at work: mpirun may else report success.
    private void EndOfProcess()
    {
        if (_isOver)
            return;
        Say("its process has ended before its work.");
        End(Environment.ExitCode == 0 ? Failed : Environment.ExitCode);
    }

    private void Say(string reason)
    {
        Console.Error.WriteLine($"{_who} ends all ranks: {reason}");
        // MPICH's mpirun loses what it has not read when the abort arrives.
        Thread.Sleep(TimeToBeRead);
    }

    private void End(int code)
    {
        // While another thread is in a call MPI cannot be told; that the process is killed mpirun sees.
        if (Monitor.TryEnter(_gate))
        {
            _isOver = true;
            _library.Abort(code);
        }
        Environment.FailFast($"{_who} could not end MPI otherwise.");
    }
}
