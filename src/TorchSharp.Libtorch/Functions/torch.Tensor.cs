using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor tensor(float real, float imaginary, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        tensor((real, imaginary), dtype, device, requires_grad);

    public static Tensor tensor(double real, double imaginary, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        tensor(new Complex(real, imaginary), dtype, device, requires_grad);

    public static Tensor tensor((float Real, float Imaginary) scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Copy<(float, float)>([scalar], [], ScalarType.ComplexFloat32, dtype, device, requires_grad, null);

    public static Tensor tensor((double Real, double Imaginary) scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        tensor(new Complex(scalar.Real, scalar.Imaginary), dtype, device, requires_grad);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        data.to(dtype ?? data.dtype, device ?? data.device);

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null)
    {
        using Tensor shared = from_array(data);
        return shared.to(dtype ?? shared.dtype, device ?? CPU, copy: true);
    }

    /// <summary>A tensor with a copy of the data, of its own type at first and then of the type asked for.</summary>
    private static Tensor Copy<T>(
        ReadOnlySpan<T> data, ReadOnlySpan<long> shape, ScalarType type, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
        where T : unmanaged
    {
        Device? target = On(device);
        Tensor copied = Op.Call("empty.memory_format", shape, type, Arg.Default, CPU);
        if (copied.NumberOfElements != data.Length)
        {
            copied.Dispose();
            throw new ArgumentException($"{data.Length} elements do not fill a tensor of shape [{string.Join(", ", shape.ToArray())}].");
        }
        if (data.Length > 0) data.CopyTo(copied.Elements<T>());
        bool moves = target is not null && target.type != DeviceType.CPU;
        if (moves || (dtype ?? type) != type)
            copied = copied.to(dtype ?? type, target ?? CPU, disposeAfter: true);
        return Create(copied, requires_grad, names);
    }

    private static ReadOnlySpan<T> Listed<T>(IList<T> list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return list switch
        {
            T[] array => array,
            List<T> items => CollectionsMarshal.AsSpan(items),
            _ => list.ToArray(),
        };
    }

    /// <summary>The elements of an array of any rank, in the order they lie in memory.</summary>
    private static ReadOnlySpan<T> Flat<T>(Array array) where T : unmanaged =>
        MemoryMarshal.CreateReadOnlySpan(
            ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    public unsafe partial class Tensor
    {
        /// <summary>The elements of a contiguous tensor on the CPU.</summary>
        internal Span<T> Elements<T>() where T : unmanaged => new((void*)HostPointer(), checked((int)NumberOfElements));
    }
}
