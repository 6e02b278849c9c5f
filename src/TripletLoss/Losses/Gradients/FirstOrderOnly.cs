using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Makes a second backward an error where it would silently be wrong: a gradient that a kernel computed has no graph to the embeddings.</summary>
internal static class FirstOrderOnly
{
    /// <summary>What is left of the points in a graph: a number made of the first, and not the points, which somebody may change in place before backward.</summary>
    public static Tensor Trace(Tensor points) => points.narrow(0, 0, Math.Min(points.size(0), 1)).sum();

    /// <summary>A gradient; where a graph of it is being made (<c>create_graph</c>), one through which no backward leads to the points.</summary>
    /// <param name="gradient">What is handed on.</param>
    /// <param name="trace">A number with a graph to the points.</param>
    public static Tensor Guarded(Tensor gradient, Tensor trace)
    {
        if (!is_grad_enabled())
            return gradient;
        // libtorch has no derivative of nextafter, and says so.
        var nothing = trace.nan_to_num().mul(Numbers.Zero);
        return gradient.add(nothing.nextafter(nothing), Numbers.Zero);
    }
}
