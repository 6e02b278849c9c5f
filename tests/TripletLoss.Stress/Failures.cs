using System.Collections.Concurrent;

namespace TripletLoss.Stress;

/// <summary>What went wrong, by subject.</summary>
internal sealed class Failures
{
    private const int Shown = 20;

    private readonly ConcurrentDictionary<string, (long Count, string First)> _failures = new();

    public long Count => _failures.Values.Sum(failure => failure.Count);

    /// <summary>Runs a subject and compares.</summary>
    public void Try(Subject subject, double[] expected)
    {
        string? failure = null;
        try
        {
            var found = subject.Run();
            if (!found.AsSpan().SequenceEqual(expected))
                failure = $"gave {string.Join(' ', found.Take(8))} and not {string.Join(' ', expected.Take(8))}";
        }
        catch (Exception exception)
        {
            failure = $"{exception.GetType().Name}: {exception.Message.Split('\n')[0]}";
        }

        if (failure is not null)
            _failures.AddOrUpdate(subject.Name, (1, failure), (_, before) => (before.Count + 1, before.First));
    }

    public override string ToString() => string.Concat(
        _failures.OrderByDescending(failure => failure.Value.Count).Take(Shown)
            .Select(failure => $"{failure.Value.Count} × {failure.Key}: {failure.Value.First}\n"));
}
