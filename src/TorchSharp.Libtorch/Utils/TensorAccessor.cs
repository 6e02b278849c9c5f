using System.Collections;
using System.Runtime.InteropServices;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor on the CPU, read and written where they are, in the order of its indices.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;
    private readonly long _bytes;
    private torch.Tensor? _tensor;

    internal TensorAccessor(torch.Tensor tensor)
    {
        tensor.HostPointer();
        _tensor = tensor;
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        Count = tensor.NumberOfElements;
        _bytes = Count == 0 ? 0 : (1 + _shape.Zip(_strides, (extent, stride) => (extent - 1) * stride).Sum()) * sizeof(T);
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    private torch.Tensor Tensor => _tensor ?? throw new ObjectDisposedException(nameof(TensorAccessor<T>));

    public T this[params long[] indices]
    {
        get
        {
            T value = At(indices);
            GC.KeepAlive(_tensor);
            return value;
        }
        set
        {
            At(indices) = value;
            GC.KeepAlive(_tensor);
        }
    }

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => left.Equals(right);

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !left.Equals(right);

    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array.AsSpan());
        return array;
    }

    public Array ToNDArray()
    {
        if (_shape.Length == 0) return ToArray();
        T[] flat = ToArray();
        var extents = Array.ConvertAll(_shape, e => checked((int)e));
#pragma warning disable IL3050 // an array of the element type always exists: the caller named the type
        var array = Array.CreateInstance(typeof(T), extents);
#pragma warning restore IL3050
        fixed (T* source = flat)
        fixed (byte* target = &MemoryMarshal.GetArrayDataReference(array))
            Buffer.MemoryCopy(source, target, flat.LongLength * sizeof(T), flat.LongLength * sizeof(T));
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        Span<T> target = array[arrayIndex..];
        int count = Remaining(target.Length, tensorIndex);
        T* data = Data();
        if (_contiguous) new Span<T>(data + tensorIndex, count).CopyTo(target);
        else for (int i = 0; i < count; i++) target[i] = data[Offset(tensorIndex + i)];
        GC.KeepAlive(_tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) =>
        CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ReadOnlySpan<T> source = array[arrayIndex..];
        int count = Remaining(source.Length, tensorIndex);
        T* data = Data();
        if (_contiguous) source[..count].CopyTo(new Span<T>(data + tensorIndex, count));
        else for (int i = 0; i < count; i++) data[Offset(tensorIndex + i)] = source[i];
        GC.KeepAlive(_tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => _tensor = null;

    /// <summary>Whether both show the same elements, in the same order.</summary>
    public override bool Equals(object? obj) =>
        obj is TensorAccessor<T> other && Count == other.Count && ToArray().AsSpan().SequenceEqual(other.ToArray());

    public override int GetHashCode() => Count.GetHashCode();

    private ref T At(long[] indices)
    {
        long offset = indices.Length == 1 && _shape.Length != 1 ? Linear(indices[0]) : Position(indices);
        ref T element = ref Data()[offset];
        return ref element;
    }

    private long Linear(long index) => index >= 0 && index < Count
        ? Offset(index)
        : throw new IndexOutOfRangeException($"Index {index} is outside of a tensor of {Count} elements.");

    private long Position(long[] indices)
    {
        if (indices.Length != _shape.Length)
            throw new ArgumentException($"{indices.Length} indices were given for a tensor of {_shape.Length} dimensions.");
        long offset = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= _shape[i])
                throw new IndexOutOfRangeException($"Index {indices[i]} is outside of dimension {i}, which has {_shape[i]} elements.");
            offset += indices[i] * _strides[i];
        }
        return offset;
    }

    /// <summary>From the place in the order of the indices to the place in memory.</summary>
    private long Offset(long index)
    {
        if (_contiguous) return index;
        long offset = 0;
        for (int i = _shape.Length - 1; i >= 0; i--)
        {
            (index, long place) = Math.DivRem(index, _shape[i]);
            offset += place * _strides[i];
        }
        return offset;
    }

    private int Remaining(int room, long from) => from >= 0 && from <= Count
        ? (int)Math.Min(room, Count - from)
        : throw new ArgumentOutOfRangeException(nameof(from), from, $"The tensor has {Count} elements.");

    /// <summary>Asked anew each time: the tensor may have been disposed since, or given other data.</summary>
    private T* Data()
    {
        IntPtr data = Tensor.HostPointer(out long room);
        return room >= _bytes
            ? (T*)data
            : throw new InvalidOperationException($"The tensor's data was replaced by {room} bytes; this accessor reads {_bytes}.");
    }
}
