using System.Numerics;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The elements, in the tensor's own memory. T must be the type of the elements.</summary>
        public Utils.TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType<T>();
            return new Utils.TensorAccessor<T>(this);
        }

        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1)
                throw new ArgumentException($"item() takes a tensor of one element, this one has {NumberOfElements}.");
            ValidateType<T>();
            T value = *(T*)HostPointer();
            GC.KeepAlive(this);
            return value;
        }

        public Scalar ToScalar() => new(Op.Number("item", this));

        public Span<byte> bytes
        {
            get => new((void*)HostPointer(), checked((int)ContiguousBytes()));
            set
            {
                if (value.Length != ContiguousBytes())
                    throw new ArgumentException($"The tensor has {ContiguousBytes()} bytes, {value.Length} were given.");
                value.CopyTo(bytes);
                GC.KeepAlive(this);
            }
        }

        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);
        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);
        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);
        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);
        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);
        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);
        public float ReadCpuFloat16(long i) => (float)ReadCpuValue<Half>(i);
        public float ReadCpuBFloat16(long i) => ReadCpuValue<BFloat16>(i).ToSingle();
        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);
        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public T ReadCpuValue<T>(long i) where T : unmanaged => data<T>()[i];

        /// <summary>Where the first element lies. Only memory that the processor can read has such an address.</summary>
        internal IntPtr HostPointer() => HostPointer(out _);

        /// <summary>Also, how many bytes of the tensor's storage there are from there on.</summary>
        internal IntPtr HostPointer(out long room)
        {
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException(
                    $"Reading data from non-CPU memory is not supported: the tensor is on {device}. Move or copy it to the cpu before reading.");
            Checked(Native.ts_data(Handle, out IntPtr data, out room));
            return data;
        }

        internal void ValidateType<T>() where T : unmanaged
        {
            if (dtype != ElementType<T>())
                throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}.");
        }

        private static ScalarType? ElementType<T>() where T : unmanaged => ElementTypes.Of(typeof(T));

        private long ContiguousBytes() => is_contiguous()
            ? NumberOfElements * ElementSize
            : throw new InvalidOperationException("The bytes of a tensor that is not contiguous do not lie in one piece. Use contiguous() first.");
    }
}

/// <summary>Which element type a .NET type stands for.</summary>
internal static class ElementTypes
{
    internal static torch.ScalarType? Of(Type type) =>
        type == typeof(float) ? torch.ScalarType.Float32
        : type == typeof(long) ? torch.ScalarType.Int64
        : type == typeof(int) ? torch.ScalarType.Int32
        : type == typeof(double) ? torch.ScalarType.Float64
        : type == typeof(bool) ? torch.ScalarType.Bool
        : type == typeof(byte) ? torch.ScalarType.Byte
        : type == typeof(sbyte) ? torch.ScalarType.Int8
        : type == typeof(short) ? torch.ScalarType.Int16
        : type == typeof(Half) ? torch.ScalarType.Float16
        : type == typeof(BFloat16) ? torch.ScalarType.BFloat16
        : type == typeof((float, float)) ? torch.ScalarType.ComplexFloat32
        : type == typeof(Complex) ? torch.ScalarType.ComplexFloat64
        : null;
}
