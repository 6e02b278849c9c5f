namespace TripletLoss.Tests;

/// <summary>Ranks that must come to an end, and not wait for each other for ever.</summary>
internal static class TimeLimit
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>As <see cref="ThreadGroup.Run"/>.</summary>
    /// <exception cref="TimeoutException">The ranks still wait.</exception>
    public static void Run(int size, Action<IProcessGroup> body) => Task.Run(() => ThreadGroup.Run(size, body)).WaitAsync(Limit).GetAwaiter().GetResult();
}
