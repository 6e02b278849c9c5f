using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Tensors in the words of an error message.</summary>
internal static class Describe
{
    /// <summary>Type and shape: <c>Int64 [32]</c>.</summary>
    public static string Tensor(Tensor tensor)
    {
        var text = $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";
        GC.KeepAlive(tensor);
        return text;
    }
}
