using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>Keeps the runtime's handlers of signals that stand for exceptions. UCX, which MPICH and Open MPI may bring along, takes them for itself, and the next NullReferenceException would end the process.</summary>
internal static unsafe partial class CrashSignals
{
    // More than any system's struct sigaction.
    private const int StructSize = 512;

    private static readonly int[] Signals = [4, OperatingSystem.IsMacOS() ? 10 : 7, 8, 11];

    /// <summary>Does something that may replace handlers, and puts them back.</summary>
    public static T Kept<T>(Func<T> action)
    {
        if (OperatingSystem.IsWindows())
            return action();
        byte* kept = stackalloc byte[StructSize * 4];
        for (int i = 0; i < Signals.Length; i++)
            _ = SigAction(Signals[i], null, kept + (i * StructSize));
        try
        {
            return action();
        }
        finally
        {
            for (int i = 0; i < Signals.Length; i++)
                _ = SigAction(Signals[i], kept + (i * StructSize), null);
        }
    }

    [LibraryImport("libc", EntryPoint = "sigaction")]
    private static partial int SigAction(int signal, byte* action, byte* old);
}
