using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Single numbers on the host, in plain arithmetic: an operation of libtorch on one takes as long as the mining of a small batch.</summary>
internal static class HostNumber
{
    /// <summary>Whether the numbers of a tensor may be read there: without a graph, and without waiting for a device.</summary>
    public static bool IsIn(Tensor values) => values.device_type == DeviceType.CPU && !values.requires_grad;

    /// <summary>The one of a float32 or float64 tensor.</summary>
    public static double Of(Tensor number)
    {
        var value = number.dtype == float64 ? HostCopy.View<double>(number)[0] : HostCopy.View<float>(number)[0];
        GC.KeepAlive(number);
        return value;
    }

    /// <summary>A float32 or float64 scalar.</summary>
    public static Tensor ToTensor(double value, ScalarType type) => type == float64 ? tensor(value, device: CPU) : tensor((float)value, device: CPU);
}
