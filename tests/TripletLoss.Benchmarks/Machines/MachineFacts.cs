using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace TripletLoss.Benchmarks;

/// <summary>What the figures depend on.</summary>
internal static class MachineFacts
{
    /// <summary>Each fact with its name. Call it after a product, when every library is loaded.</summary>
    public static IReadOnlyList<(string Name, string Fact)> All =>
    [
        ("processor", $"{Processor}, {Environment.ProcessorCount} cores, {InstructionSet}"),
        ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.RuntimeIdentifier}, {RuntimeInformation.FrameworkDescription}"),
        ("BLAS", LoadedLibraries.Blas),
        ("libtorch", LoadedLibraries.Torch),
        ("threads", $"{get_num_threads()} (libtorch's own choice: {Threads.LibtorchChoice})"),
        ("commit", Commit.Current),
        ("date", $"{DateTime.UtcNow:yyyy-MM-dd}"),
    ];

    private static string Processor
    {
        get
        {
            const string name = "model name";
            string? line = OperatingSystem.IsLinux()
                ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))
                : null;
            return line is null ? $"{RuntimeInformation.ProcessArchitecture}" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }
    }

    private static string InstructionSet =>
        Avx512F.IsSupported ? "AVX-512" :
        Avx2.IsSupported ? "AVX2" :
        AdvSimd.IsSupported ? "NEON" :
        "no vector instructions that are used here";
}
