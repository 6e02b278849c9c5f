using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The numbers of a tensor in an array. Reading them one by one through TorchSharp's accessor takes a hundred times as long.</summary>
internal static class HostCopy
{
    /// <summary>All numbers of a tensor whose type is <typeparamref name="T"/>, row by row.</summary>
    public static T[] Of<T>(Tensor values) where T : unmanaged
    {
        if (values.numel() == 0)
            return [];
        using var scope = NewDisposeScope();
        var host = values.detach().cpu().contiguous();
        var copy = MemoryMarshal.Cast<byte, T>(host.bytes).ToArray();
        GC.KeepAlive(host);
        GC.KeepAlive(values);
        return copy;
    }
}
