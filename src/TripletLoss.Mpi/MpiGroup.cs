namespace TripletLoss;

/// <summary>Ranks that are processes, started by <c>mpirun</c>: Open MPI, MPICH and libraries with its ABI, and libraries with the ABI of MPI 5.</summary>
/// <remarks>
/// <para>
/// The library of the <c>mpirun</c> that started the process is loaded. The environment variable <c>TRIPLETLOSS_MPI_LIBRARY</c> names another, by name or path.
/// </para>
/// <para>
/// Tensors that are not on the CPU go through its memory. Where <c>OMP_NUM_THREADS</c> is not set, libtorch gets this rank's share of the machine's cores.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// // mpirun -n 4 dotnet MyTraining.dll
/// if (MpiGroup.IsLaunched)
///     MpiGroup.Run(Train);
///
/// void Train(IProcessGroup group)
/// {
///     using var value = loss.Call(labels, model.call(images), group);
///     value.backward();
///     group.SumGradients(model.parameters());
/// }
/// </code>
/// </example>
public static class MpiGroup
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(30);

    private static int _runs;

    /// <summary>Whether an <c>mpirun</c> started this process.</summary>
    public static bool IsLaunched => MpiLauncher.IsThere;

    /// <summary>Initialises MPI, runs the work of this rank, and finalises MPI. Can be called once per process.</summary>
    /// <remarks>
    /// An exception that leaves the work is written to standard error, and ends this process and all other ranks; so does an end of the process before the work is done. Neither a <c>using</c> nor a <c>finally</c> of the work
    /// has to do with MPI.
    /// </remarks>
    /// <param name="body">The work, given this rank's end of the group. It calls the group from one thread at a time.</param>
    /// <param name="patience">
    /// How long to wait for other ranks in one exchange before this process ends with a message, and the others with it: 30 minutes by default. <see cref="Timeout.InfiniteTimeSpan"/>: for ever.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="patience"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">The process was not started by <c>mpirun</c>, has run this before, or MPI cannot be initialised.</exception>
    /// <exception cref="DllNotFoundException">No library of that MPI was found; the message says what was looked for.</exception>
    public static void Run(Action<IProcessGroup> body, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        var limit = patience ?? DefaultPatience;
        if (limit <= TimeSpan.Zero && limit != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(patience), limit, $"patience must be positive, got {limit}.");
        if (!IsLaunched)
        {
            throw new InvalidOperationException(
                "This process was not started by mpirun. Start it as 'mpirun -n 4 dotnet MyTraining.dll', or take ThreadGroup.Run, whose ranks are threads.");
        }
        if (Interlocked.Exchange(ref _runs, 1) != 0)
            throw new InvalidOperationException("MpiGroup.Run can be called once per process: MPI cannot be initialised again.");
        MpiSession.Run(body, limit);
    }
}
