namespace TripletLoss;

/// <summary>Where threads wait for each other and see what each has brought.</summary>
/// <param name="size">How many meet.</param>
internal sealed class ThreadMeeting(int size)
{
    private readonly object _gate = new();
    private (string Operation, object? Brought)[] _seats = new (string, object?)[size];
    private object?[] _brought = [];
    private int _arrived;
    private long _number;
    private string? _end;

    /// <summary>How many meet.</summary>
    public int Size => size;

    /// <summary>The first exception that ended a rank.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Waits until all are here, and gives what they brought.</summary>
    /// <exception cref="InvalidOperationException">One will not come, or has come for something else.</exception>
    public object?[] Meet(int rank, string operation, object? brought)
    {
        lock (_gate)
        {
            var number = _number;
            ThrowIfEnded(operation);
            _seats[rank] = (operation, brought);
            if (++_arrived == size)
                Begin();
            for (; _number == number; Monitor.Wait(_gate))
                ThrowIfEnded(operation);
            return _brought;
        }
    }

    /// <summary>Says that nobody may wait any more.</summary>
    /// <param name="why">What the others are told.</param>
    /// <param name="failure">The exception that ended a rank, if one did.</param>
    public void End(string why, Exception? failure = null)
    {
        lock (_gate)
        {
            Failure ??= failure;
            _end ??= why;
            Monitor.PulseAll(_gate);
        }
    }

    private void Begin()
    {
        if (_seats.Any(seat => seat.Operation != _seats[0].Operation))
        {
            End($"the ranks are out of step: {RankNames.WithValues(_seats.Select(seat => seat.Operation))}.");
            return;
        }
        _brought = [.. _seats.Select(seat => seat.Brought)];
        _seats = new (string, object?)[size];
        _arrived = 0;
        _number++;
        Monitor.PulseAll(_gate);
    }

    private void ThrowIfEnded(string operation)
    {
        if (_end is not null)
            throw new InvalidOperationException($"{operation} was not completed: {_end}");
    }
}
