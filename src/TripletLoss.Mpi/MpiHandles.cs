using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>The numbers by which a library knows what is in every MPI. An MPICH's ints fit into the low half of a pointer, which is where x86-64 and arm64 pass them.</summary>
internal sealed record MpiHandles(nint World, nint ErrorsReturn, nint Byte, nint Float, nint Double, nint Int64, nint Sum, int ThreadSerialized)
{
    private static readonly MpiHandles Mpich = new(0x44000000, 0x54000001, 0x4c00010d, 0x4c00040a, 0x4c00080b, 0x4c00083a, 0x58000003, 2);

    private static readonly MpiHandles StandardAbi = new(0x101, 0x142, 0x247, 0x210, 0x214, 0x258, 0x21, 2048);

    /// <summary>Those of a loaded library.</summary>
    public static MpiHandles Of(MpiKind kind, nint library)
    {
        return kind switch
        {
            MpiKind.Mpich => Mpich,
            MpiKind.StandardAbi => StandardAbi,
            _ => new(
                Exported("comm_world"), Exported("errors_return"), Exported("byte"), Exported("float"), Exported("double"), Exported("int64_t"), Exported("op_sum"), 2),
        };

        nint Exported(string name) => NativeLibrary.GetExport(library, "ompi_mpi_" + name);
    }
}
