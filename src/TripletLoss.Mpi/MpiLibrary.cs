using System.Runtime.InteropServices;
using System.Text;

namespace TripletLoss;

/// <summary>The functions of a loaded MPI that this package calls. Every handle is passed as a pointer.</summary>
internal sealed unsafe class MpiLibrary
{
    private readonly nint _library;
    private readonly delegate* unmanaged<int*, byte***, int, int*, int> _initThread;
    private readonly delegate* unmanaged<int> _finalize;
    private readonly delegate* unmanaged<nint, int, int> _abort;
    private readonly delegate* unmanaged<nint, nint, int> _setErrorHandler;
    private readonly delegate* unmanaged<int, byte*, int*, int> _errorString;
    private readonly delegate* unmanaged<nint, int*, int> _rank, _size;
    private readonly delegate* unmanaged<int, nint, nint*, int> _contiguous;
    private readonly delegate* unmanaged<nint*, int> _commit, _free;
    private readonly delegate* unmanaged<void*, int, nint, void*, int, nint, nint, int> _allGather;
    private readonly delegate* unmanaged<void*, int, nint, void*, int*, int*, nint, nint, int> _allGatherRows;
    private readonly delegate* unmanaged<void*, void*, int*, nint, nint, nint, int> _reduceScatter;
    private readonly delegate* unmanaged<void*, void*, int, nint, nint, nint, int> _allReduce;
    private readonly delegate* unmanaged<void*, int, nint, int, nint, int> _broadcast;

    private MpiLibrary(nint library, MpiKind kind)
    {
        (_library, Handles) = (library, MpiHandles.Of(kind, library));
        _initThread = (delegate* unmanaged<int*, byte***, int, int*, int>)Find("MPI_Init_thread");
        _finalize = (delegate* unmanaged<int>)Find("MPI_Finalize");
        _abort = (delegate* unmanaged<nint, int, int>)Find("MPI_Abort");
        _setErrorHandler = (delegate* unmanaged<nint, nint, int>)Find("MPI_Comm_set_errhandler");
        _errorString = (delegate* unmanaged<int, byte*, int*, int>)Find("MPI_Error_string");
        _rank = (delegate* unmanaged<nint, int*, int>)Find("MPI_Comm_rank");
        _size = (delegate* unmanaged<nint, int*, int>)Find("MPI_Comm_size");
        _contiguous = (delegate* unmanaged<int, nint, nint*, int>)Find("MPI_Type_contiguous");
        _commit = (delegate* unmanaged<nint*, int>)Find("MPI_Type_commit");
        _free = (delegate* unmanaged<nint*, int>)Find("MPI_Type_free");
        _allGather = (delegate* unmanaged<void*, int, nint, void*, int, nint, nint, int>)Find("MPI_Allgather");
        _allGatherRows = (delegate* unmanaged<void*, int, nint, void*, int*, int*, nint, nint, int>)Find("MPI_Allgatherv");
        _reduceScatter = (delegate* unmanaged<void*, void*, int*, nint, nint, nint, int>)Find("MPI_Reduce_scatter");
        _allReduce = (delegate* unmanaged<void*, void*, int, nint, nint, nint, int>)Find("MPI_Allreduce");
        _broadcast = (delegate* unmanaged<void*, int, nint, int, nint, int>)Find("MPI_Bcast");
    }

    /// <summary>The library's own numbers.</summary>
    public MpiHandles Handles { get; }

    /// <summary>Loads the library and initialises it, so that errors come back as exceptions.</summary>
    /// <exception cref="InvalidOperationException">It refuses, or lets no thread but one call it.</exception>
    public static MpiLibrary Initialize()
    {
        var (file, kind) = MpiLibraryFiles.Load();
        var library = new MpiLibrary(file, kind);
        int provided = 0;
        library.Check(library._initThread(null, null, library.Handles.ThreadSerialized, &provided), "MPI_Init_thread");
        if (provided < library.Handles.ThreadSerialized)
            throw new InvalidOperationException("This MPI lets only one thread of a process call it (it must provide MPI_THREAD_SERIALIZED).");
        library.Check(library._setErrorHandler(library.Handles.World, library.Handles.ErrorsReturn), "MPI_Comm_set_errhandler");
        return library;
    }

    public int Rank()
    {
        int rank;
        Check(_rank(Handles.World, &rank), "MPI_Comm_rank");
        return rank;
    }

    public int Size()
    {
        int size;
        Check(_size(Handles.World, &size), "MPI_Comm_size");
        return size;
    }

    public void Finish() => Check(_finalize(), "MPI_Finalize");

    public void Abort(int code) => _ = _abort(Handles.World, code);

    public void AllGather(void* mine, int bytes, void* all) =>
        Check(_allGather(mine, bytes, Handles.Byte, all, bytes, Handles.Byte, Handles.World), "MPI_Allgather");

    /// <summary>Rows are counted, not bytes: an int counts few gigabytes.</summary>
    public void AllGatherRows(void* mine, int rank, void* all, int rowBytes, int[] counts, int[] firsts)
    {
        nint row = 0;
        Check(_contiguous(rowBytes, Handles.Byte, &row), "MPI_Type_contiguous");
        Check(_commit(&row), "MPI_Type_commit");
        fixed (int* rows = counts, places = firsts)
            Check(_allGatherRows(mine, counts[rank], row, all, rows, places, row, Handles.World), "MPI_Allgatherv");
        Check(_free(&row), "MPI_Type_free");
    }

    public void ReduceScatter(void* all, void* mine, int[] counts, nint type)
    {
        fixed (int* numbers = counts)
            Check(_reduceScatter(all, mine, numbers, type, Handles.Sum, Handles.World), "MPI_Reduce_scatter");
    }

    public void AllReduce(void* mine, void* sum, int count, nint type) =>
        Check(_allReduce(mine, sum, count, type, Handles.Sum, Handles.World), "MPI_Allreduce");

    public void Broadcast(void* bytes, int count, int root) =>
        Check(_broadcast(bytes, count, Handles.Byte, root, Handles.World), "MPI_Bcast");

    private nint Find(string name) => NativeLibrary.GetExport(_library, name);

    private void Check(int code, string call)
    {
        if (code == 0)
            return;
        byte* text = stackalloc byte[1024];
        int length = 0;
        string message = _errorString(code, text, &length) == 0 ? Encoding.UTF8.GetString(text, length) : $"error {code}";
        throw new InvalidOperationException($"{call} failed: {message}");
    }
}
