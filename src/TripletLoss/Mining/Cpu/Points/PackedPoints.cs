using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>
/// Points in panels of three vectors' worth: within a panel coordinate by coordinate, the points of the panel side by
/// side, less the common offset. The product reads its columns from a panel with plain loads, and its rows from the same panels with
/// broadcasts, so that one copy serves both sides. Missing points at the end are zeros.
/// </summary>
internal sealed unsafe class PackedPoints<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // Coordinates of a panel that are written together: at any width they fit a first-level cache.
    private const int PackedDepth = 64;

    private readonly float* _points;
    private readonly int* _order;
    private readonly float* _offset;

    public PackedPoints(float* points, int* order, float* offset, int count, int dimension, NativeArena arena)
    {
        _points = points;
        _order = order;
        _offset = offset;
        Count = count;
        Dimension = dimension;
        PanelCount = (count + PanelWidth - 1) / PanelWidth;
        PanelSize = (long)PanelWidth * dimension;
        Panels = arena.Allocate<float>(PanelCount * PanelSize);
        Norms = arena.Allocate<float>((long)PanelCount * PanelWidth);
        Originals = arena.Allocate<int>((long)PanelCount * PanelWidth);
    }

    public static int PanelWidth
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 3 * TWidth.Lanes;
    }

    public int Count { get; }

    public int Dimension { get; }

    public int PanelCount { get; }

    public long PanelSize { get; }

    public float* Panels { get; }

    /// <summary>|x|² of each point, summed in the order of the product, so that duplicates are at distance 0 exactly.</summary>
    public float* Norms { get; }

    /// <summary>The original index of each point; the largest integer where there is none.</summary>
    public int* Originals { get; }

    /// <summary>Whether a coordinate much smaller than the offset lost digits to it.</summary>
    public bool IsRounded { get; private set; }

    public float* Panel(int panel) => Panels + (panel * PanelSize);

    /// <summary>Where a point's first coordinate stands; the next is a panel's width further.</summary>
    public float* Row(int position) =>
        Panels + (position / PanelWidth * PanelSize) + (position % PanelWidth);

    public float* Original(int position) => _points + ((long)_order[position] * Dimension);

    /// <summary>Makes room: there will be no more distances.</summary>
    public void FreePanels(NativeArena arena) => arena.Free(Panels);

    /// <summary>The largest |x|², NaN if there is a NaN.</summary>
    public float LargestNorm()
    {
        float largest = 0;
        for (int position = 0; position < Count; position++)
            largest = MathF.Max(largest, Norms[position]);
        return largest;
    }

    public bool HasNonZero()
    {
        for (long place = 0; place < PanelCount * PanelSize; place++)
        {
            if (Panels[place] != 0)
                return true;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PackPanel(int panel)
    {
        float* target = Panel(panel);
        int there = Math.Min(PanelWidth, Count - (panel * PanelWidth));
        if (there < PanelWidth)
            NativeMemory.Clear(target, (nuint)PanelSize * sizeof(float));
        for (int lane = 0; lane < PanelWidth; lane++)
        {
            int position = (panel * PanelWidth) + lane;
            Originals[position] = lane < there ? _order[position] : int.MaxValue;
        }

        bool rounded = false;
        for (int start = 0; start < Dimension; start += PackedDepth)
        {
            int depth = Math.Min(PackedDepth, Dimension - start);
            for (int lane = 0; lane < there; lane++)
                rounded |= PackPoint(Original((panel * PanelWidth) + lane) + start, _offset + start, depth, target + ((nint)start * PanelWidth) + lane);
        }

        if (rounded)
            IsRounded = true;

        float* norms = Norms + (panel * PanelWidth);
        for (int lane = 0; lane < PanelWidth; lane += TWidth.Lanes)
        {
            TVector sum = TWidth.Broadcast(0);
            float* values = target + lane;
            for (int k = 0; k < Dimension; k++, values += PanelWidth)
            {
                TVector value = TWidth.Load(values);
                sum = TWidth.MultiplyAdd(value, value, sum);
            }

            TWidth.Store(norms + lane, sum);
        }
    }

    /// <summary>Writes a point less the offset down its place in the panel; says whether that lost digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool PackPoint(float* point, float* offset, int depth, float* column)
    {
        float* shifted = stackalloc float[TWidth.Lanes];
        TVector lost = TWidth.Broadcast(0);
        int k = 0;
        for (; k + TWidth.Lanes <= depth; k += TWidth.Lanes)
        {
            TVector given = TWidth.Load(point + k), common = TWidth.Load(offset + k);
            TVector difference = TWidth.Subtract(given, common);
            TVector back = TWidth.Add(difference, common);
            lost = TWidth.OrBits(lost, TWidth.OrBits(TWidth.Less(back, given), TWidth.Less(given, back)));
            TWidth.Store(shifted, difference);
            for (int lane = 0; lane < TWidth.Lanes; lane++, column += PanelWidth)
                *column = shifted[lane];
        }

        bool rounded = TWidth.MaskBits(lost) != 0;
        for (; k < depth; k++, column += PanelWidth)
        {
            *column = point[k] - offset[k];
            rounded |= *column + offset[k] != point[k];
        }

        return rounded;
    }
}
