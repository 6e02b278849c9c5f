using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TripletLoss;

/// <summary>A row of a gradient for each worker: summed up in its own cache, then written once.</summary>
internal readonly unsafe struct GradientRows
{
    private const int LineFloats = 16;

    // Larger ones do not stay in the cache of a core.
    private const long LargestCached = 1 << 16;

    private readonly float* _sums;
    private readonly int _dimension;
    private readonly int _stride;
    private readonly bool _passesCaches;

    /// <param name="count">How many rows the gradient has.</param>
    /// <param name="dimension">How long they are.</param>
    /// <param name="isRead">Whether the kernel goes on with what is written.</param>
    /// <param name="workers">Who writes.</param>
    /// <param name="arena">Where the memory comes from.</param>
    public GradientRows(int count, int dimension, bool isRead, int workers, NativeArena arena)
    {
        _dimension = dimension;
        _stride = (dimension + LineFloats - 1) / LineFloats * LineFloats;
        _sums = arena.Allocate<float>((long)workers * _stride);
        // Whole lines: what they overwrite is then not fetched before, at worst from the cache of another core.
        _passesCaches = !isRead && _stride == dimension && (long)count * dimension > LargestCached;
    }

    /// <summary>A worker's row.</summary>
    public float* Of(int worker) => _sums + ((nint)worker * _stride);

    /// <summary>Writes it to where it belongs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(int worker, float* target)
    {
        float* sum = Of(worker);
        if (!_passesCaches || (nint)target % (LineFloats * sizeof(float)) != 0)
        {
            new Span<float>(sum, _dimension).CopyTo(new(target, _dimension));
            return;
        }

        for (int k = 0; k < _dimension; k += Vector256<float>.Count)
            Vector256.Load(sum + k).StoreAlignedNonTemporal(target + k);
    }

    /// <summary>What a worker wrote before this is there for others that learn of it afterwards.</summary>
    public static void Publish()
    {
        if (Sse.IsSupported)
            Sse.StoreFence();
    }
}
