namespace TripletLoss.Benchmarks;

/// <summary>The native libraries that this process has really loaded, by their file names.</summary>
internal static class LoadedLibraries
{
    private const string Maps = "/proc/self/maps";

    private static readonly string[] BlasNames = ["openblas", "mkl_core", "mkl", "blis", "atlas", "armpl", "nvpl"];

    /// <summary>The BLAS: the library that a name like libblas.so.3 led to.</summary>
    public static string Blas
    {
        get
        {
            string[] files = Files();
            string[] known = [.. BlasNames.SelectMany(name => files.Where(file => file.Contains(name, StringComparison.OrdinalIgnoreCase)))];
            if (known is not [])
                return known[0];
            return files.FirstOrDefault(file => file.StartsWith("libblas", StringComparison.Ordinal)) is { } plain
                ? $"{plain}, the reference implementation or one that does not say its name"
                : "built into libtorch";
        }
    }

    /// <summary>libtorch's file, and what TorchSharp says of its version.</summary>
    public static string Torch
    {
        get
        {
            string? file = Files().FirstOrDefault(file => file.StartsWith("libtorch_cpu", StringComparison.Ordinal));
            string source = typeof(Tensor).Assembly.GetName().Version?.ToString(3) ?? "";
            return $"{__version__}{(file is null ? "" : $" ({file})")}, TorchSharp {source}";
        }
    }

    // The folders of the paths stay out: debian names the BLAS by its folder, so the last one is kept.
    private static string[] Files() => !File.Exists(Maps)
        ? []
        : [.. File.ReadLines(Maps)
            .Select(line => line.IndexOf('/', StringComparison.Ordinal) is var start and >= 0 ? line[start..] : "")
            .Where(path => path.Contains(".so", StringComparison.Ordinal))
            .Select(path => new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.Name ?? Path.GetFileName(path))
            .Distinct()];
}
