using System.Runtime.InteropServices;
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
        var (rows, columns) = (x.size(0), y.size(0));
        if (matrix is null || matrix.shape is not [var n, var m] || n != rows || m != columns || matrix.dtype != x.dtype)
        {
            throw new InvalidOperationException(
                $"the distance '{distance.Name}' must return {x.dtype} [{rows}, {columns}] for x [{rows}, {x.size(1)}] and " +
                $"y [{columns}, {x.size(1)}], got {(matrix is null ? "null" : Describe.Tensor(matrix))}.");
        }
        if (is_grad_enabled() && (x.requires_grad || y.requires_grad) && !matrix.requires_grad)
        {
            throw new InvalidOperationException(
                $"the distance '{distance.Name}' returned a matrix that does not depend on its arguments by differentiable operations (detached, made under no_grad, or only by comparisons), " +
                "so there is no gradient. Use differentiable operations, or call the loss under no_grad or with embeddings that require no gradient.");
        }
        return matrix;
    }

    /// <summary>Runs a backward through a user's function. By autograd.grad an error in it would end the process.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static void Backward(Distance distance, Tensor value)
    {
        try
        {
            value.backward();
        }
        catch (ExternalException exception)
        {
            throw new InvalidOperationException(
                $"the backward of the distance '{distance.Name}' failed: {exception.Message.Split('\n')[0]} Does it change a tensor in place that its gradient needs?", exception);
        }
    }
}
