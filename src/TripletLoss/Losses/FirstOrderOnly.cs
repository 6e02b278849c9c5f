using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Makes a second backward an error where it would silently be wrong: a gradient that a kernel computed has no graph to the embeddings.</summary>
internal static class FirstOrderOnly
{
    /// <summary>What is left of the points in a graph: a number made of the first, and not the points, which somebody may change in place before backward.</summary>
    public static Tensor Trace(Tensor points) => points.narrow(0, 0, Math.Min(points.shape[0], 1)).sum();

    /// <summary>The gradient; where a graph of it is being made (<c>create_graph</c>), one through which no backward leads.</summary>
    /// <param name="gradient">The gradient by the points.</param>
    /// <param name="trace">Of the points, with their graph.</param>
    public static Tensor Guarded(Tensor gradient, Tensor trace)
    {
        if (!is_grad_enabled())
            return gradient;
        // libtorch has no derivative of nextafter, and says so.
        var nothing = trace.nan_to_num().mul(Numbers.Zero);
        return gradient.add(nothing.nextafter(nothing), Numbers.Zero);
    }
}
