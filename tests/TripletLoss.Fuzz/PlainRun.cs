using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;

namespace TripletLoss.Fuzz;

/// <summary>The same calls in a process that has no vector instructions: what a processor without them computes.</summary>
internal static class PlainRun
{
    // Software vectors take many times as long.
    private const long Share = 50;

    /// <summary>Whether this process is one.</summary>
    public static bool IsThis => !Vector128.IsHardwareAccelerated;

    /// <summary>Runs the first of the calls there; returns its exit code.</summary>
    public static int Start(long count, long first)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false };
        start.Environment["DOTNET_EnableHWIntrinsic"] = "0";
        foreach (var argument in new object[] { "exec", typeof(PlainRun).Assembly.Location, (count + Share - 1) / Share, first })
            start.ArgumentList.Add(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
