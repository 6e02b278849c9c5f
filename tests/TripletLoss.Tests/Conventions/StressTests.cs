using System.Diagnostics;

namespace TripletLoss.Tests.Conventions;

/// <summary>Everything public, called from two threads while a third collects garbage without end: in a process of its own, since what it looks for may end it.</summary>
public class StressTests(ITestOutputHelper output)
{
    private const string Calls = "100000";

    [Fact]
    public async Task A_hundred_thousand_calls_amid_collections_give_what_they_give_in_peace()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "TripletLoss.Stress.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, Calls]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var cancellation = TestContext.Current.CancellationToken;
        var (printed, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        output.WriteLine(await printed);
        process.ExitCode.Should().Be(0, "it printed {0}{1}", await printed, await errors);
    }
}
