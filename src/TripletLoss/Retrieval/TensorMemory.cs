using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The memory of a contiguous CPU tensor, of any size, for as long as the tensor is kept alive.</summary>
/// <typeparam name="T">The type of its values.</typeparam>
internal readonly unsafe struct TensorMemory<T>
    where T : unmanaged
{
    private readonly T* _start;
    private readonly long _columns;

    /// <summary>Finds the memory of a matrix [n, m] or vector [n].</summary>
    public TensorMemory(Tensor tensor)
    {
        _columns = tensor.ndim == 2 ? tensor.shape[1] : 1;
        // Through its first row: the span of a whole tensor ends at 2 GiB.
        using var firstRow = tensor.narrow(0, 0, 1);
        fixed (byte* start = firstRow.bytes)
            _start = (T*)start;
    }

    /// <summary>A row of the matrix.</summary>
    public Span<T> Row(long index) => new(_start + index * _columns, (int)_columns);

    /// <summary>The first values, row by row.</summary>
    public Span<T> First(int count) => new(_start, count);
}
