using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers, with a state of its own.</summary>
    public class Generator : IDisposable
    {
        private IntPtr _handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = InitializeDevice(device ?? CPU);
            Native.Check(Native.ts_generator_new(seed, (int)this.device.type, this.device.index, out _handle));
        }

        private Generator(IntPtr handle, Device device)
        {
            _handle = handle;
            this.device = device;
        }

        ~Generator() => Dispose(false);

        public static Generator Default => DefaultOf(CPU);

        public Device device { get; }

        public IntPtr Handle => _handle != IntPtr.Zero ? _handle : throw new ObjectDisposedException(nameof(Generator));

        public Generator manual_seed(long seed)
        {
            Seed(1, (ulong)seed);
            return this;
        }

        /// <summary>Draws a new seed from the system's randomness.</summary>
        public long seed() => Seed(2, 0);

        public long initial_seed() => Seed(0, 0);

        public Tensor get_state()
        {
            int status = Native.ts_generator_get_state(Handle, out IntPtr state);
            GC.KeepAlive(this);
            Native.Check(status);
            return Tensor.Own(state);
        }

        public void set_state(Tensor value)
        {
            int status = Native.ts_generator_set_state(Handle, value.Handle);
            GC.KeepAlive(this);
            GC.KeepAlive(value);
            Native.Check(status);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        internal static Generator DefaultOf(Device device)
        {
            InitializeDeviceType(device.type);
            Native.Check(Native.ts_generator_default((int)device.type, device.index, out IntPtr handle));
            return new Generator(handle, device);
        }

        protected virtual void Dispose(bool disposing)
        {
            IntPtr handle = Interlocked.Exchange(ref _handle, IntPtr.Zero);
            if (handle != IntPtr.Zero) Native.ts_generator_free(handle);
        }

        private long Seed(int set, ulong seed)
        {
            int status = Native.ts_generator_seed(Handle, set, seed, out ulong result);
            GC.KeepAlive(this);
            Native.Check(status);
            return (long)result;
        }
    }
}
