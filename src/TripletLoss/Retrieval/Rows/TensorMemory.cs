using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The memory of a contiguous CPU matrix [n, m] of any size, for as long as the tensor is kept alive.</summary>
/// <typeparam name="T">The type of its values.</typeparam>
internal readonly unsafe struct TensorMemory<T>
    where T : unmanaged
{
    private readonly T* _start;
    private readonly long _columns;

    /// <summary>Finds the memory.</summary>
    public TensorMemory(Tensor matrix)
    {
        _columns = matrix.size(1);
        // Through its first row: the span of a whole tensor ends at 2 GiB.
        using var firstRow = matrix.narrow(0, 0, 1);
        fixed (byte* start = firstRow.bytes)
            _start = (T*)start;
    }

    /// <summary>A row.</summary>
    public Span<T> Row(long index) => new(_start + index * _columns, (int)_columns);
}
