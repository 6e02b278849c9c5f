using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>
/// The threads of libtorch's own operators, where it uses GNU's OpenMP. They wait for work by spinning for many milliseconds after an operator, on every
/// core: other threads would only get a share of these cores, and late.
/// </summary>
internal static unsafe class OpenMp
{
    // void GOMP_parallel(void (*body)(void*), void* state, unsigned threads, unsigned flags): a stable part of libgomp's binary interface.
    private static readonly delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<nint, void>, nint, uint, uint, void> Parallel = Find();

    public static bool IsLoaded => Parallel != null;

    /// <summary>Calls the body on so many threads, the caller's own included, and returns when all have.</summary>
    public static void Run(int threads, delegate* unmanaged[Cdecl]<nint, void> body, nint state) => Parallel(body, state, (uint)threads, 0);

    // Looked for in what libtorch itself is linked with: another OpenMP may be loaded beside it.
    private static delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<nint, void>, nint, uint, uint, void> Find()
    {
        using Process process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            if (Path.GetFileName(module.FileName) == "libtorch_cpu.so"
                && NativeLibrary.TryLoad(module.FileName, out nint library)
                && NativeLibrary.TryGetExport(library, "GOMP_parallel", out nint address))
            {
                return (delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<nint, void>, nint, uint, uint, void>)address;
            }
        }

        return null;
    }
}
