namespace TripletLoss.Mpi.Tests;

/// <summary>The numbers of two ABIs against their published headers.</summary>
public class MpiHandlesTests
{
    [Fact]
    public void Those_of_the_standard_ABI_are_in_its_header() => MpiHandles.Of(MpiKind.StandardAbi, 0).Should().Be(new MpiHandles(
        World: 0x00000101, // mpi.h of mpi-forum/mpi-abi-stubs, MPI 5.0, ABI 1.0: MPI_COMM_WORLD
        ErrorsReturn: 0x00000142, // MPI_ERRORS_RETURN
        Byte: 0x00000247, // MPI_BYTE
        Float: 0x00000210, // MPI_FLOAT
        Double: 0x00000214, // MPI_DOUBLE
        Int64: 0x00000258, // MPI_INT64_T
        Sum: 0x00000021, // MPI_SUM
        ThreadSerialized: 2048)); // MPI_THREAD_SERIALIZED

    [Fact]
    public void Those_of_MPICH_are_in_its_header() => MpiHandles.Of(MpiKind.Mpich, 0).Should().Be(new MpiHandles(
        World: 0x44000000, // mpi.h of MPICH 4.0.2: MPI_COMM_WORLD
        ErrorsReturn: 0x54000001, // MPI_ERRORS_RETURN
        Byte: 0x4c00010d, // MPI_BYTE
        Float: 0x4c00040a, // MPI_FLOAT
        Double: 0x4c00080b, // MPI_DOUBLE
        Int64: 0x4c00083a, // MPI_INT64_T
        Sum: 0x58000003, // MPI_SUM
        ThreadSerialized: 2)); // MPI_THREAD_SERIALIZED

    [Theory]
    [InlineData("libmpi_abi.so.0", "StandardAbi")]
    [InlineData("/opt/mpi/lib/libmpi_abi.so", "StandardAbi")]
    [InlineData("/opt/mpi_abi/lib/libmpich.so.12", "Mpich")]
    public void A_library_without_the_symbols_of_Open_MPI_is_known_by_its_name(string name, string kind) =>
        MpiLibraryFiles.KindOf(name, System.Runtime.InteropServices.NativeLibrary.GetMainProgramHandle()).ToString().Should().Be(kind);
}
