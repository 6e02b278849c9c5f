using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Calls a user's distance function and checks what it gives back.</summary>
internal static class CustomDistance
{
    /// <summary>The matrix [n, m] of x [n, d] and y [m, d].</summary>
    /// <exception cref="InvalidOperationException">The function returned something else.</exception>
    public static Tensor Matrix(Distance distance, Tensor x, Tensor y)
    {
        var matrix = distance.CustomMatrix!(x, y);
        var (rows, columns) = (x.shape[0], y.shape[0]);
        if (matrix is null || matrix.shape is not [var n, var m] || n != rows || m != columns || matrix.dtype != x.dtype)
        {
            throw new InvalidOperationException(
                $"the distance '{distance.Name}' must return {x.dtype} [{rows}, {columns}] for x [{rows}, {x.shape[1]}] and " +
                $"y [{columns}, {x.shape[1]}], got {(matrix is null ? "null" : Describe.Tensor(matrix))}.");
        }
        return matrix;
    }
}
