using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The numbers of a tensor in an array. Reading them one by one through TorchSharp's accessor takes a hundred times as long.</summary>
internal static class HostCopy
{
    /// <summary>All numbers of a tensor whose type is <typeparamref name="T"/>, row by row.</summary>
    public static T[] Of<T>(Tensor values) where T : unmanaged
    {
        using var scope = NewDisposeScope();
        var copy = View<T>(values).ToArray();
        GC.KeepAlive(values);
        return copy;
    }

    /// <summary>The same without a copy where they are on the host already. It is good as long as the tensor and the dispose scope of this call.</summary>
    public static ReadOnlySpan<T> View<T>(Tensor values) where T : unmanaged =>
        values.numel() == 0 ? [] : MemoryMarshal.Cast<byte, T>((IsPlain(values) ? values : values.detach().cpu().contiguous()).bytes);

    private static bool IsPlain(Tensor values) => values.device_type == DeviceType.CPU && !values.requires_grad && values.is_contiguous();
}
