namespace TripletLoss.Tests;

public class ThreadTests
{
    [Fact]
    public void OneLossServesSeveralThreadsAtOnce()
    {
        var failures = new List<string>();
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(thread => new Thread(() => Work(thread, failures)))];
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        failures.Should().BeEmpty();
    }

    private static void Work(int thread, List<string> failures)
    {
        for (int seed = thread * 40; seed < (thread + 1) * 40; seed++)
        {
            string? failure;
            try
            {
                failure = CaseRun.Difference(RandomCase.Of(seed, largest: 40), CaseTolerance.OfLoss);
            }
            catch (Exception exception)
            {
                failure = exception.ToString();
            }
            if (failure is not null)
            {
                lock (failures)
                    failures.Add(failure);
            }
        }
    }
}
