namespace TripletLoss.Benchmarks;

/// <summary>How many threads everything runs on: the same for the product and for what is held against it.</summary>
internal static class Threads
{
    private const string Wish = "OMP_NUM_THREADS";

    /// <summary>What libtorch would have taken by itself; in some virtual machines it sees one core only, while its BLAS sees them all.</summary>
    public static int LibtorchChoice { get; private set; }

    /// <summary>Takes every core, or as many as the environment says.</summary>
    public static void UseAllCores()
    {
        LibtorchChoice = get_num_threads();
        if (Environment.GetEnvironmentVariable(Wish) is null)
            set_num_threads(Environment.ProcessorCount);
    }
}
