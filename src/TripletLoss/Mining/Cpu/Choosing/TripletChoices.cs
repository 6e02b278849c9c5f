using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// What the kernel chose, for who asks: one record an ordered positive pair (semi-hard) or an anchor (hard), in the order
/// of (anchor, positive), by original indices. It owns native memory until it is disposed.
/// </summary>
internal sealed unsafe class TripletChoices : IDisposable
{
    private readonly NativeArena _arena = new();
    private long* _start;

    public long Count { get; private set; }

    public int* Anchors { get; private set; }

    /// <summary>−1 where an anchor is alone in its class (hard).</summary>
    public int* Positives { get; private set; }

    /// <summary>−1 where there is no negative at all.</summary>
    public int* Negatives { get; private set; }

    /// <summary>Semi-hard: no negative was farther than the positive, and the farthest was taken.</summary>
    public bool* FellBack { get; private set; }

    /// <summary>The distances in the problem's scale; 0 where there is no such point.</summary>
    public double* PositiveDistances { get; private set; }

    public double* NegativeDistances { get; private set; }

    public void Dispose() => _arena.Dispose();

    /// <summary>Makes room; from here on every anchor has its own places, and workers need not agree.</summary>
    public void Prepare(ClassIndex classes, bool onePerAnchor)
    {
        _start = _arena.Allocate<long>(classes.AnchorCount + 1L);
        for (int anchor = 0; anchor < classes.AnchorCount; anchor++)
            _start[classes.AnchorOrder[anchor]] = onePerAnchor ? 1 : classes.Positives(anchor);
        for (int original = 0; original < classes.AnchorCount; original++)
        {
            long count = _start[original];
            _start[original] = Count;
            Count += count;
        }

        Anchors = _arena.Allocate<int>(Count);
        Positives = _arena.Allocate<int>(Count);
        Negatives = _arena.Allocate<int>(Count);
        FellBack = _arena.AllocateZeroed<bool>(Count);
        PositiveDistances = _arena.Allocate<double>(Count);
        NegativeDistances = _arena.Allocate<double>(Count);
    }

    /// <summary>The slot is the positive's rank by index among the anchor's own.</summary>
    public void Record(
        int anchor, int slot, int positive, int negative, bool fellBack, double positiveDistance, double negativeDistance)
    {
        long place = _start[anchor] + slot;
        Anchors[place] = anchor;
        Positives[place] = positive;
        Negatives[place] = negative;
        FellBack[place] = fellBack && negative >= 0;
        PositiveDistances[place] = positiveDistance;
        NegativeDistances[place] = negativeDistance;
    }

    /// <summary>Copies them for a reader, with the distances multiplied by a factor.</summary>
    public ChosenTriplets ToTensors(double factor)
    {
        using var scale = factor.ToScalar();
        return new(
            Indices(Anchors), Indices(Positives), Indices(Negatives), Copy<bool>(FellBack, ScalarType.Bool),
            Copy<double>(PositiveDistances, ScalarType.Float64).mul_(scale), Copy<double>(NegativeDistances, ScalarType.Float64).mul_(scale));
    }

    private Tensor Indices(int* indices) => Copy<int>(indices, ScalarType.Int32).to_type(ScalarType.Int64);

    private Tensor Copy<T>(T* values, ScalarType type) where T : unmanaged
    {
        var copy = empty(Count, type, CPU);
        if (Count > 0)
            Buffer.MemoryCopy(values, Unsafe.AsPointer(ref MemoryMarshal.GetReference(copy.bytes)), Count * sizeof(T), Count * sizeof(T));
        return copy;
    }
}
