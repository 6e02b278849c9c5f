using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>How a tensor's entries lie in memory.</summary>
internal enum TensorLayout
{
    Contiguous,
    Transposed,

    /// <summary>Every other entry, NaN between.</summary>
    Strided,

    /// <summary>Behind rows of NaN.</summary>
    Narrowed,
}

internal static class TensorLayouts
{
    /// <summary>The same entries, a leaf, laid out otherwise.</summary>
    public static Tensor Lay(this TensorLayout layout, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var laid = layout switch
        {
            TensorLayout.Transposed when tensor.ndim == 2 => tensor.t().contiguous().t(),
            TensorLayout.Strided => stack([Junk(tensor), tensor], tensor.ndim).select(tensor.ndim, 1),
            TensorLayout.Narrowed => cat([Junk(tensor), tensor], 0).narrow(0, tensor.shape[0], tensor.shape[0]),
            _ => tensor.clone(),
        };
        return laid.detach().MoveToOuterDisposeScope();
    }

    private static Tensor Junk(Tensor tensor) => full_like(tensor, tensor.is_floating_point() ? Numbers.NotANumber : Numbers.WholeOne);
}
