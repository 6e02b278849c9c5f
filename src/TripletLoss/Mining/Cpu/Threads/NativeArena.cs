using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>Aligned native memory that lives as long as one call of the kernel: freed together, whatever happens.</summary>
internal sealed unsafe class NativeArena : IDisposable
{
    private const nuint Alignment = 64;
    private readonly List<nint> _blocks = [];

    /// <summary>Uninitialised room for a number of elements (and never a null pointer, even for none).</summary>
    public T* Allocate<T>(long count)
        where T : unmanaged
    {
        void* block = NativeMemory.AlignedAlloc((nuint)Math.Max(count, 1) * (nuint)sizeof(T), Alignment);
        lock (_blocks)
            _blocks.Add((nint)block);
        return (T*)block;
    }

    public T* AllocateZeroed<T>(long count)
        where T : unmanaged
    {
        T* block = Allocate<T>(count);
        NativeMemory.Clear(block, (nuint)Math.Max(count, 1) * (nuint)sizeof(T));
        return block;
    }

    public T* AllocateFilled<T>(long count, T value)
        where T : unmanaged
    {
        T* block = Allocate<T>(count);
        for (long start = 0; start < count; start += int.MaxValue)
            new Span<T>(block + start, (int)Math.Min(count - start, int.MaxValue)).Fill(value);
        return block;
    }

    /// <summary>Gives a block back before the others.</summary>
    public void Free(void* block)
    {
        lock (_blocks)
            _blocks.Remove((nint)block);
        NativeMemory.AlignedFree(block);
    }

    public void Dispose()
    {
        foreach (nint block in _blocks)
            NativeMemory.AlignedFree((void*)block);
        _blocks.Clear();
    }
}
