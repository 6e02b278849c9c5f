using System.Globalization;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>What an <c>mpirun</c> tells the processes that it starts, in environment variables.</summary>
internal static class MpiLauncher
{
    private static readonly string[] OfOpenMpi = ["OMPI_COMM_WORLD_SIZE"], OfMpich = ["PMI_SIZE", "PMI_RANK"], OfOthers = ["PMIX_RANK"];

    /// <summary>Whether there is one.</summary>
    public static bool IsThere => Any(OfOpenMpi) || Any(OfMpich) || Any(OfOthers);

    /// <summary>The kinds of libraries that could be its own, the likeliest first.</summary>
    public static MpiKind[] Kinds => Any(OfOpenMpi) ? [MpiKind.OpenMpi, MpiKind.StandardAbi]
        : Any(OfMpich) ? [MpiKind.Mpich, MpiKind.StandardAbi]
        : Enum.GetValues<MpiKind>();

    /// <summary>This rank's number in a message, before MPI says it.</summary>
    public static string Who => $"rank {Number("OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK")} of {Number("OMPI_COMM_WORLD_SIZE", "PMI_SIZE")}";

    /// <summary>Gives libtorch this rank's share of the cores: as many threads as there are cores on every rank would stand in each other's way.</summary>
    public static void ShareCores()
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null && int.TryParse(Number("OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALNRANKS"), CultureInfo.InvariantCulture, out int ranks) && ranks > 1)
            set_num_threads(Math.Max(1, Environment.ProcessorCount / ranks));
    }

    private static string Number(params string[] variables) => variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => value is not null) ?? "?";

    private static bool Any(string[] variables) => variables.Any(variable => Environment.GetEnvironmentVariable(variable) is not null);
}
