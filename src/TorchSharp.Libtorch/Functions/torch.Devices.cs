using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);
    public static readonly Device META = new(DeviceType.META);

    public static Device CUDA => new(DeviceType.CUDA);

    /// <summary>The version of the libtorch that is loaded.</summary>
    public static unsafe string __version__ => Marshal.PtrToStringUTF8((IntPtr)Native.ts_version()) ?? "";

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(int index) => new(index);

    public static bool cuda_is_available() => Native.ts_cuda_devices() > 0;

    public static bool mps_is_available() => false;

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"Torch device type {deviceType} did not initialise on the current machine.");
    }

    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType switch
    {
        DeviceType.CPU or DeviceType.META => true,
        DeviceType.CUDA => cuda_is_available(),
        _ => false,
    };

    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }

    public static int get_num_threads() => Native.ts_threads();

    public static void set_num_threads(int num) => Native.Check(Native.ts_set_threads(num));

    public static int get_num_interop_threads() => Native.ts_interop_threads();

    public static void set_num_interop_threads(int num) => Native.Check(Native.ts_set_interop_threads(num));

    public static class cuda
    {
        public static bool is_available() => cuda_is_available();

        public static int device_count() => Native.ts_cuda_devices();

        public static bool is_cudnn_available() => Native.ts_has_cudnn() != 0;

        public static void manual_seed(long seed) => Seed(new Device(DeviceType.CUDA), seed);

        public static void manual_seed_all(long seed)
        {
            for (int i = 0; i < device_count(); i++) Seed(new Device(DeviceType.CUDA, i), seed);
        }

        public static void synchronize(Device? device = null)
        {
            InitializeDeviceType(DeviceType.CUDA);
            Native.Check(Native.ts_cuda_synchronize(device?.index ?? -1));
        }

        private static void Seed(Device device, long seed)
        {
            // Without a device there is nothing to seed, and that is no error.
            if (!is_available()) return;
            using var generator = Generator.DefaultOf(device);
            generator.manual_seed(seed);
        }
    }

    public static class backends
    {
        public static class cuda
        {
            public static class matmul
            {
                public static bool allow_tf32
                {
                    get => Native.ts_tf32(0, -1) != 0;
                    set => Native.ts_tf32(0, value ? 1 : 0);
                }
            }
        }

        public static class cudnn
        {
            public static bool allow_tf32
            {
                get => Native.ts_tf32(1, -1) != 0;
                set => Native.ts_tf32(1, value ? 1 : 0);
            }
        }
    }
}
