using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>Finds and loads the library of the <c>mpirun</c> that started the process.</summary>
internal static class MpiLibraryFiles
{
    private const string Variable = "TRIPLETLOSS_MPI_LIBRARY";

    /// <summary>Loads it.</summary>
    /// <exception cref="DllNotFoundException">There is none.</exception>
    public static (nint Library, MpiKind Kind) Load()
    {
        var names = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? [given] : MpiLauncher.Kinds.SelectMany(Names).ToArray();
        foreach (string name in names)
        {
            if (!NativeLibrary.TryLoad(name, out nint library))
                continue;
            var kind = KindOf(name, library);
            // Debian's libmpi.so is whichever MPI an administrator chose.
            if (MpiLauncher.Kinds.Contains(kind))
                return (library, kind);
            NativeLibrary.Free(library);
        }
        throw new DllNotFoundException(
            $"No MPI library was found for the mpirun that started this process; looked for {string.Join(", ", names)}. Debian and Ubuntu: 'apt-get install openmpi-bin' or 'apt-get install mpich'. " +
            $"The environment variable {Variable} names another.");
    }

    /// <summary>What a library is, by what it exports and by its name.</summary>
    internal static MpiKind KindOf(string name, nint library) =>
        NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _) ? MpiKind.OpenMpi
        : Path.GetFileName(name).Contains("mpi_abi", StringComparison.Ordinal) ? MpiKind.StandardAbi
        : MpiKind.Mpich;

    private static string[] Names(MpiKind kind) => (kind, OperatingSystem.IsMacOS()) switch
    {
        (MpiKind.OpenMpi, false) => ["libmpi.so.40", "libmpi.so"],
        (MpiKind.Mpich, false) => ["libmpich.so.12", "libmpi.so.12", "libmpi.so"],
        (_, false) => ["libmpi_abi.so.0", "libmpi_abi.so"],
        (MpiKind.OpenMpi, true) => InHomebrew("libmpi.40.dylib"),
        (MpiKind.Mpich, true) => InHomebrew("libmpi.12.dylib"),
        (_, true) => InHomebrew("libmpi_abi.0.dylib"),
    };

    private static string[] InHomebrew(string name) => [name, "/opt/homebrew/lib/" + name, "/usr/local/lib/" + name];
}
