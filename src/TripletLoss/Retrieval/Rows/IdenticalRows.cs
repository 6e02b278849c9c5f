using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Finds the rows of a matrix that are the same to the last bit, so that what is computed for one of them need not be computed again.</summary>
internal sealed class IdenticalRows : IEqualityComparer<int>
{
    private readonly Tensor _matrix;
    private readonly TensorMemory<double> _rows;

    private IdenticalRows(Tensor matrix)
    {
        _matrix = matrix;
        _rows = new TensorMemory<double>(matrix);
    }

    /// <summary>For each row of a matrix [n, d] on the CPU, float64 and contiguous, the first one that equals it; null where all differ.</summary>
    public static int[]? FirstOfEach(Tensor matrix)
    {
        var rows = new IdenticalRows(matrix);
        int[] first = new int[matrix.size(0)];
        var kinds = new Dictionary<int, int>(first.Length, rows);
        for (int row = 0; row < first.Length; row++)
            first[row] = kinds.TryAdd(row, row) ? row : kinds[row];
        GC.KeepAlive(rows._matrix);
        return kinds.Count == first.Length ? null : first;
    }

    /// <inheritdoc/>
    public bool Equals(int x, int y) => Bytes(x).SequenceEqual(Bytes(y));

    /// <inheritdoc/>
    public int GetHashCode(int row)
    {
        HashCode hash = default;
        hash.AddBytes(Bytes(row));
        return hash.ToHashCode();
    }

    private ReadOnlySpan<byte> Bytes(int row) => MemoryMarshal.AsBytes(_rows.Row(row));
}
