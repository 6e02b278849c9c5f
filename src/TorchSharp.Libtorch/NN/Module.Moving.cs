using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking) => Convert(dtype, device, non_blocking);

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                Convert(null, new Device(deviceType, deviceIndex), non_blocking);

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking) => Convert(dtype, null, non_blocking);

            /// <summary>The parameters stay the same objects with other data, so that an optimiser that has them goes on.</summary>
            private Module Convert(ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (device is not null) InitializeDeviceType(device.type);
                using (no_grad())
                {
                    foreach (Parameter parameter in parameters()) ConvertParameter(parameter, dtype, device, non_blocking);
                    foreach (Tensor buffer in buffers()) ConvertTensor(buffer, dtype, device, non_blocking);
                }
                if (device is null) return this;
                foreach (Module module in modules().Append(this)) (module._deviceType, module._deviceIndex) = (device.type, device.index);
                return this;
            }

            private static void ConvertParameter(Parameter parameter, ScalarType? dtype, Device? device, bool non_blocking)
            {
                using Tensor? grad = parameter.grad;
                if (grad is not null)
                {
                    parameter.grad = null;
                    ConvertTensor(grad, dtype, device, non_blocking);
                }
                ConvertTensor(parameter, dtype, device, non_blocking);
                if (grad is not null) parameter.grad = grad;
            }

            private static void ConvertTensor(Tensor tensor, ScalarType? dtype, Device? device, bool non_blocking)
            {
                // Counters and masks keep their type, as in PyTorch.
                ScalarType type = tensor.is_floating_point() ? dtype ?? tensor.dtype : tensor.dtype;
                using Tensor converted = tensor.to(type, device ?? tensor.device, non_blocking: non_blocking);
                tensor.SetData(converted);
            }
        }
    }
}

public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(device.type, device.index, non_blocking);

    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(device, type, non_blocking);

    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(deviceType, deviceIndex, non_blocking);

    public static T to<T>(this T module, string device, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(new torch.Device(device), non_blocking);

    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(type, non_blocking);

    public static T to<T>(this T module, torch.Tensor other, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module._to(other, non_blocking);

    public static T cpu<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(DeviceType.CPU, -1, non_blocking);

    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(DeviceType.CUDA, deviceIndex, non_blocking);

    public static T half<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(torch.float16, non_blocking);

    public static T bfloat16<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(torch.bfloat16, non_blocking);

    public static T @float<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(torch.float32, non_blocking);

    public static T @double<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(torch.float64, non_blocking);
}
