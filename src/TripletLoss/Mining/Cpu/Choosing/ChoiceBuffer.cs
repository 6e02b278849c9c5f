using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Some records of one worker.</summary>
internal sealed unsafe class ChoiceBuffer(int capacity, NativeArena arena)
{
    private readonly int* _anchors = arena.Allocate<int>(capacity);
    private readonly int* _positives = arena.Allocate<int>(capacity);
    private readonly int* _negatives = arena.Allocate<int>(capacity);
    private readonly bool* _fellBack = arena.Allocate<bool>(capacity);
    private readonly double* _positiveDistances = arena.Allocate<double>(capacity + RowChoices.Padding);
    private readonly double* _negativeDistances = arena.Allocate<double>(capacity + RowChoices.Padding);
    private int _first;

    public int Count { get; private set; }

    public bool HasRoom(int count) => Count + count <= capacity;

    /// <summary>The next records are those of one anchor.</summary>
    public void Begin(int count) => (_first, Count) = (Count, Count + count);

    /// <summary>Writes one of them.</summary>
    /// <param name="slot">The positive's rank by index among the anchor's own.</param>
    /// <param name="anchor">The anchor.</param>
    /// <param name="positive">−1 where an anchor is alone in its class (hard).</param>
    /// <param name="negative">−1 where there is no negative at all.</param>
    /// <param name="fellBack">Semi-hard: no negative was farther than the positive, and the farthest was taken.</param>
    /// <param name="positiveDistance">In the problem's scale; of no account where there is no positive.</param>
    /// <param name="negativeDistance">In the problem's scale; of no account where there is no negative.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Record(int slot, int anchor, int positive, int negative, bool fellBack, double positiveDistance, double negativeDistance)
    {
        int place = _first + slot;
        _anchors[place] = anchor;
        _positives[place] = positive;
        _negatives[place] = negative;
        _fellBack[place] = fellBack && negative >= 0;
        _positiveDistances[place] = positive < 0 ? double.NaN : positiveDistance;
        _negativeDistances[place] = negative < 0 ? double.NaN : negativeDistance;
    }

    /// <summary>Writes those of one anchor, all that it has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Record<TScale>(RowChoices choices, ClassIndex classes)
        where TScale : struct, IDistanceScale
    {
        Begin(choices.Count);
        int* negatives = _negatives + _first, chosen = choices.Negatives, order = classes.ReferenceOrder;
        uint* near = choices.PositiveBits, far = choices.NegativeBits;
        bool* fellBack = _fellBack + _first;
        int count = choices.Count;
        new Span<int>(_anchors + _first, count).Fill(classes.AnchorOrder[choices.Anchor]);
        classes.CopyPositives(choices.Anchor, order, _positives + _first);
        for (int slot = 0; slot < count; slot++)
            negatives[slot] = order[chosen[slot]];
        for (int slot = 0; slot < count; slot++)
            fellBack[slot] = far[slot] <= near[slot];
        Apply<TScale>((float*)near, _positiveDistances + _first, count);
        Apply<TScale>((float*)far, _negativeDistances + _first, count);
    }

    // A few more at the end, where there is room.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<TScale>(float* squared, double* distances, int count)
        where TScale : struct, IDistanceScale
    {
        for (int i = 0; i < count; i += Vector256<float>.Count)
        {
            (Vector256<double> first, Vector256<double> second) = Vector256.Widen(Vector256.Load(squared + i));
            TScale.Apply(first).Store(distances + i);
            TScale.Apply(second).Store(distances + i + Vector256<double>.Count);
        }
    }

    public ReadOnlySpan<int> Anchors => new(_anchors, Count);

    public ReadOnlySpan<int> Positives => new(_positives, Count);

    public ReadOnlySpan<int> Negatives => new(_negatives, Count);

    public ReadOnlySpan<bool> FellBack => new(_fellBack, Count);

    public ReadOnlySpan<double> PositiveDistances => new(_positiveDistances, Count);

    public ReadOnlySpan<double> NegativeDistances => new(_negativeDistances, Count);

    /// <summary>Copies the records, with the distances multiplied by a factor.</summary>
    public ChosenTriplets ToTriplets(double factor)
    {
        using var scale = factor.ToScalar();
        return new ChosenTriplets(
            Indices(Anchors), Indices(Positives), Indices(Negatives), Copy(FellBack, ScalarType.Bool),
            Copy(PositiveDistances, ScalarType.Float64).mul_(scale), Copy(NegativeDistances, ScalarType.Float64).mul_(scale));
    }

    /// <summary>Forgets them.</summary>
    public void Clear() => Count = 0;

    private static Tensor Indices(ReadOnlySpan<int> indices) => Copy(indices, ScalarType.Int32).to_type(ScalarType.Int64);

    private static Tensor Copy<T>(ReadOnlySpan<T> values, ScalarType type)
        where T : unmanaged
    {
        var copy = empty(values.Length, type, CPU);
        MemoryMarshal.AsBytes(values).CopyTo(copy.bytes);
        return copy;
    }
}
