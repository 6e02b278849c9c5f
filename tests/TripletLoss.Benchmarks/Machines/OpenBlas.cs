using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TripletLoss.Benchmarks;

/// <summary>
/// OpenBLAS picks its kernels by the model of the processor. One that is newer than the library gets those of 2004, several times slower than it deserves:
/// then the product would be no yardstick.
/// </summary>
internal static unsafe class OpenBlas
{
    private const string Wish = "OPENBLAS_CORETYPE";
    private const string Fallback = "Prescott";

    /// <summary>The processor whose kernels are used; null where OpenBLAS is not.</summary>
    public static string? Core => CoreName();

    /// <summary>The kernels, and who chose them.</summary>
    public static string Description => Core is not { } core ? "" :
        Environment.GetEnvironmentVariable(Wish) is { } wish ? $", kernels of {core} ({Wish}={wish})" : $", kernels of {core}";

    /// <summary>The processor that should be asked for instead, if there is one. Call it once libtorch is loaded.</summary>
    public static string? BetterCore => Environment.GetEnvironmentVariable(Wish) is not null || Core != Fallback ? null :
        Avx512F.IsSupported ? "SkylakeX" :
        Avx2.IsSupported ? "Haswell" : null;

    /// <summary>This program once more, with the kernels of another processor: OpenBLAS asks its environment only once.</summary>
    public static int RunAgain(string core, string[] arguments)
    {
        var start = ChildProcess.StartInfo(arguments);
        start.Environment[Wish] = core;
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static string? CoreName()
    {
        using var process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            if (module.FileName.Contains("openblas", StringComparison.OrdinalIgnoreCase)
                && NativeLibrary.TryLoad(module.FileName, out nint library)
                && NativeLibrary.TryGetExport(library, "openblas_get_corename", out nint address))
            {
                return Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)address)());
            }
        }

        return null;
    }
}
