using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>A tensor in the array's own memory, which stays where it is as long as the tensor lives.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        ScalarType type = TypeOfElements(rawArray);
        var shape = new long[rawArray.Rank];
        for (int i = 0; i < shape.Length; i++) shape[i] = rawArray.GetLongLength(i);
        Tensor shared = Share(rawArray, 0, shape, type);
        if ((dtype ?? type) != type || (device is not null && device.type != DeviceType.CPU))
            shared = shared.to(dtype ?? type, device ?? CPU, disposeAfter: true);
        return Create(shared, requires_grad, names);
    }

    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        dtype.Checked();
        if (rawArray.Rank != 1) throw new ArgumentException("A buffer is an array of one dimension.", nameof(rawArray));
        int size = TypeOfElements(rawArray).ElementSize();
        long bytes = (rawArray.LongLength - offset) * size;
        if (offset < 0 || bytes < 0) throw new ArgumentOutOfRangeException(nameof(offset), offset, $"The array has {rawArray.LongLength} elements.");
        long room = bytes / dtype.ElementSize();
        if (count < 0) count = room;
        if (count > room) throw new ArgumentOutOfRangeException(nameof(count), count, $"The array has room for {room} elements of {dtype} from there.");
        return Share(rawArray, offset * size, [count], dtype).WithGrad(requires_grad);
    }

    private static ScalarType TypeOfElements(Array array)
    {
        ArgumentNullException.ThrowIfNull(array);
        Type element = array.GetType().GetElementType()!;
        return ElementTypes.Of(element) ?? throw new NotSupportedException($"A tensor cannot hold elements of {element}.");
    }

    private static Tensor Share(Array array, long bytes, long[] shape, ScalarType type)
    {
        GCHandle pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        void* data = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)) + bytes;
        fixed (long* s = shape)
        {
            int status = Native.ts_from_blob(data, s, shape.Length, (int)type, 0, -1, &Unpin, GCHandle.ToIntPtr(pin), out IntPtr result);
            if (status != 0) pin.Free();
            Native.Check(status);
            return Tensor.Own(result);
        }
    }

    [UnmanagedCallersOnly]
    private static void Unpin(IntPtr context) => GCHandle.FromIntPtr(context).Free();
}
