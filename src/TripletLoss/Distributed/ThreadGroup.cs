using System.Globalization;
using System.Runtime.ExceptionServices;

namespace TripletLoss;

/// <summary>Ranks that are threads of this process: to try training on several ranks without MPI, and to test it.</summary>
/// <remarks>
/// It makes nothing faster: a single loss uses all cores already. The ranks stop waiting for one that fails or ends; for one that does neither and makes no call they wait without limit.
/// </remarks>
/// <example>
/// <code>
/// ThreadGroup.Run(4, group =>
/// {
///     using var mine = embeddings.detach().narrow(0, 4 * group.Rank, 4).requires_grad_();
///     using var value = loss.Call(labels.narrow(0, 4 * group.Rank, 4), mine, group);   // the loss of all 16 as one batch
///     value.backward();
/// });
/// </code>
/// </example>
public static class ThreadGroup
{
    /// <summary>Runs the same work on every rank, and returns when all have ended.</summary>
    /// <param name="size">How many ranks, at least 1.</param>
    /// <param name="body">The work; it is given its own end of the group.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="Exception">
    /// The first that left a body. A rank that waits for one that failed, ended or is at something else gets an <see cref="InvalidOperationException"/> that says so.
    /// </exception>
    public static void Run(int size, Action<IProcessGroup> body)
    {
        if (size < 1)
            throw new ArgumentOutOfRangeException(nameof(size), string.Create(CultureInfo.InvariantCulture, $"size must be at least 1 rank, got {size}."));
        ArgumentNullException.ThrowIfNull(body);
        var meeting = new ThreadMeeting(size);
        var threads = Enumerable.Range(0, size).Select(rank => new Thread(() => Work(body, new ThreadRank(rank, meeting))) { IsBackground = true, Name = $"rank {rank}" }).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        if (meeting.Failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }

    private static void Work(Action<IProcessGroup> body, ThreadRank rank)
    {
        try
        {
            body(rank);
            rank.End();
        }
        catch (Exception failure)
        {
            rank.Fail(failure);
        }
    }
}
