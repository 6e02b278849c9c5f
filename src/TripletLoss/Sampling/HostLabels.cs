using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Labels of a tensor as plain numbers.</summary>
internal static class HostLabels
{
    /// <summary>Copies labels [n] or [n, 1] of any integer type and layout from any device.</summary>
    /// <exception cref="ArgumentNullException">There is no tensor.</exception>
    /// <exception cref="ArgumentException">It holds no integers, or has another shape.</exception>
    public static long[] Of(Tensor labels, string parameter)
    {
        ArgumentNullException.ThrowIfNull(labels, parameter);
        if (!is_integral(labels.dtype) || labels.dtype == ScalarType.Bool || labels.shape is not ([_] or [_, 1]))
            throw new ArgumentException($"{parameter} must be integer labels [n] or [n, 1], got {Describe.Tensor(labels)}.", parameter);
        using var scope = NewDisposeScope();
        var copy = HostCopy.Of<long>(labels.detach().to_type(ScalarType.Int64));
        GC.KeepAlive(labels);
        return copy;
    }
}
