using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>Aligned native memory that lives as long as one call of the kernel: given back together, whatever happens.</summary>
/// <remarks>
/// Memory that is fresh from the system costs a page fault every 4 KiB, for a batch of a thousand as much as half of its mining. So one slab is kept from call to call, as large as all that the last call
/// asked for that outgrew it. A block that does not fit is freed at the end, as is every later one of that call.
/// </remarks>
internal sealed unsafe class NativeArena : IDisposable
{
    /// <summary>The most that is kept between calls, in bytes.</summary>
    public const long LargestSlab = 16 << 20;

    private const long Alignment = 64;

    // Whoever takes it has it alone; calls beside it go without.
    private static Slab? _kept;

    private readonly List<nint> _blocks = [];
    private readonly Slab? _slab = Interlocked.Exchange(ref _kept, null);
    private long _asked;

    /// <summary>Uninitialised room for a number of elements (and never a null pointer, even for none).</summary>
    public T* Allocate<T>(long count)
        where T : unmanaged
    {
        long bytes = ((Math.Max(count, 1) * sizeof(T)) + Alignment - 1) / Alignment * Alignment;
        lock (_blocks)
        {
            long end = _asked += bytes;
            if (_slab is not null && end <= _slab.Size)
                return (T*)(_slab.Start + end - bytes);
            void* block = NativeMemory.AlignedAlloc((nuint)bytes, (nuint)Alignment);
            _blocks.Add((nint)block);
            return (T*)block;
        }
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

    /// <summary>Gives a block back before the others, unless the slab has it.</summary>
    public void Free(void* block)
    {
        lock (_blocks)
        {
            if (_blocks.Remove((nint)block))
                NativeMemory.AlignedFree(block);
        }
    }

    public void Dispose()
    {
        foreach (nint block in _blocks)
            NativeMemory.AlignedFree((void*)block);
        _blocks.Clear();
        bool isOutgrown = _asked > (_slab?.Size ?? 0) && _asked <= LargestSlab;
        Slab? kept = isOutgrown ? new(_asked) : _slab;
        if (isOutgrown)
            _slab?.Free();
        if (kept is not null)
            Interlocked.Exchange(ref _kept, kept)?.Free();
    }

    private sealed class Slab(long size)
    {
        public long Size => size;

        public byte* Start { get; } = (byte*)NativeMemory.AlignedAlloc((nuint)size, (nuint)Alignment);

        public void Free() => NativeMemory.AlignedFree(Start);
    }
}
