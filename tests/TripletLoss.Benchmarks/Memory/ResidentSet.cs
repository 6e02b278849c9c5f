using System.Globalization;
using System.Runtime.InteropServices;

namespace TripletLoss.Benchmarks;

/// <summary>The memory of this process that is really there, as Linux counts it.</summary>
internal static partial class ResidentSet
{
    private const string Status = "/proc/self/status";
    private const string ClearReferences = "/proc/self/clear_refs";

    /// <summary>Whether this system can tell.</summary>
    public static bool IsKnown => OperatingSystem.IsLinux() && File.Exists(Status);

    /// <summary>The bytes that are resident now.</summary>
    public static long Now => Read("VmRSS:");

    /// <summary>The most bytes that were resident since <see cref="ForgetPeak"/>.</summary>
    public static long Peak => Read("VmHWM:");

    /// <summary>Starts the peak anew.</summary>
    public static void ForgetPeak() => File.WriteAllText(ClearReferences, "5");

    /// <summary>Gives freed memory back to the system, so that it is not mistaken for memory in use.</summary>
    public static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        TryTrim();
    }

    private static void TryTrim()
    {
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no malloc_trim, and gives back by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);

    private static long Read(string field)
    {
        string line = File.ReadLines(Status).First(line => line.StartsWith(field, StringComparison.Ordinal));
        return 1024 * long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
