using System.Diagnostics;
using System.Text.Json;

namespace TripletLoss.Tests.Conventions;

/// <summary>Everything public, called from two threads while a third collects garbage without end: in a process of its own, since what it looks for may end it.</summary>
public class StressTests(ITestOutputHelper output)
{
    private const string Calls = "100000";

    [Fact]
    public async Task A_hundred_thousand_calls_amid_collections_give_what_they_give_in_peace()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "TripletLoss.Stress.dll");
        using var crash = new TemporaryFile();
        var start = new ProcessStartInfo("dotnet", [program, Calls]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A crash in native code prints nothing: the runtime writes down where it was.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "1";
        start.Environment["DOTNET_DbgMiniDumpName"] = crash.Path;
        start.Environment["DOTNET_EnableCrashReportOnly"] = "1";
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        var (printed, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        output.WriteLine(await printed);
        process.ExitCode.Should().Be(0, "it printed {0}{1}{2}", await printed, await errors, WhereItWas(crash.Path + ".crashreport.json"));
    }

    private static string WhereItWas(string report)
    {
        if (!File.Exists(report))
            return "";
        using var document = JsonDocument.Parse(File.ReadAllText(report));
        var crashed = document.RootElement.GetProperty("payload").GetProperty("threads").EnumerateArray().FirstOrDefault(thread => Text(thread, "crashed") == "true");
        if (crashed.ValueKind == JsonValueKind.Undefined)
            return File.ReadAllText(report);
        return string.Concat(crashed.GetProperty("stack_frames").EnumerateArray().Select(frame => $"\n   at {Text(frame, "method_name") ?? Text(frame, "unmanaged_name") ?? Text(frame, "native_module")}"));
    }

    private static string? Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.ToString() : null;
}
