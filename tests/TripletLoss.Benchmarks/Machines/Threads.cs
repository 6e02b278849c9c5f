namespace TripletLoss.Benchmarks;

/// <summary>How many threads everything runs on: the same for the product and for what is held against it.</summary>
internal static class Threads
{
    private const string Wish = "OMP_NUM_THREADS";

    /// <summary>What libtorch would have taken by itself; in some virtual machines it sees one core only, while its BLAS sees them all.</summary>
    public static int LibtorchChoice { get; private set; }

    /// <summary>What makes a process take so many threads, whatever the cores; they sleep while they wait, since they share these.</summary>
    public static IEnumerable<(string Name, string Value)> Pretended(int threads) =>
        [(Wish, $"{threads}"), ("DOTNET_PROCESSOR_COUNT", $"{threads}"), ("OMP_WAIT_POLICY", "passive")];

    /// <summary>Takes every core, or as many as the environment says.</summary>
    public static void UseAllCores()
    {
        LibtorchChoice = get_num_threads();
        string? wish = Environment.GetEnvironmentVariable(Wish);
        // libtorch takes no more than the machine has by itself, whatever the environment says.
        if (wish is null)
            set_num_threads(Environment.ProcessorCount);
        else if (int.TryParse(wish, out int threads))
            set_num_threads(threads);
    }
}
