using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>Tensors to plain numbers and back.</summary>
internal static class TensorNumbers
{
    /// <summary>All entries, row-major.</summary>
    public static double[] Of(Tensor tensor)
    {
        using var numbers = tensor.detach().to_type(float64).contiguous();
        return numbers.numel() == 0 ? [] : numbers.data<double>().ToArray();
    }

    public static long[] Integers(Tensor tensor)
    {
        using var numbers = tensor.to_type(int64).contiguous();
        return numbers.numel() == 0 ? [] : numbers.data<long>().ToArray();
    }

    /// <summary>float64; empty ones too.</summary>
    public static Tensor ToTensor(double[] values, params long[] shape)
    {
        using var scope = NewDisposeScope();
        return (values.Length == 0 ? zeros(shape, float64) : tensor(values).reshape(shape)).MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of a leaf, zeros where it got none.</summary>
    public static double[] GradientOf(Tensor leaf)
    {
        using var gradient = leaf.grad;
        return gradient is null ? new double[leaf.numel()] : Of(gradient);
    }
}
