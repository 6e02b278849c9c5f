using System.Runtime.CompilerServices;

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
    // Coordinates that are transposed together: a vector's lanes of points fit a first-level cache.
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

    /// <summary>Whether a coordinate much smaller than the offset lost digits to it.</summary>
    public bool IsRounded { get; private set; }

    public float* Panel(int panel) => Panels + (panel * PanelSize);

    /// <summary>How many columns of a panel stand in vectors with a point.</summary>
    public int WidthOf(int panel) =>
        Math.Min(PanelWidth, (Count - (panel * PanelWidth) + TWidth.Lanes - 1) / TWidth.Lanes * TWidth.Lanes);

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
        int first = panel * PanelWidth;
        float* rows = stackalloc float[TWidth.Lanes * PackedDepth];
        bool rounded = false;
        for (int lane = 0; lane < PanelWidth; lane += TWidth.Lanes)
        {
            for (int start = 0; start < Dimension; start += PackedDepth)
            {
                int depth = Math.Min(PackedDepth, Dimension - start);
                for (int i = 0; i < TWidth.Lanes; i++)
                    rounded |= Shift(first + lane + i, start, depth, rows + (i * PackedDepth));
                Transpose(rows, depth, Panel(panel) + ((nint)start * PanelWidth) + lane);
            }
        }

        if (rounded)
            IsRounded = true;
        WriteNorms(panel);
    }

    /// <summary>Writes some coordinates of a point less the offset; says whether that lost digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Shift(int position, int start, int depth, float* target)
    {
        if (position >= Count)
        {
            new Span<float>(target, depth).Clear();
            return false;
        }

        float* point = Original(position) + start, offset = _offset + start;
        TVector lost = TWidth.Broadcast(0);
        int k = 0;
        for (; k + TWidth.Lanes <= depth; k += TWidth.Lanes)
        {
            TVector given = TWidth.Load(point + k), common = TWidth.Load(offset + k);
            TVector difference = TWidth.Subtract(given, common);
            TVector back = TWidth.Add(difference, common);
            lost = TWidth.OrBits(lost, TWidth.OrBits(TWidth.Less(back, given), TWidth.Less(given, back)));
            TWidth.Store(target + k, difference);
        }

        bool rounded = TWidth.MaskBits(lost) != 0;
        for (; k < depth; k++)
        {
            target[k] = point[k] - offset[k];
            rounded |= target[k] + offset[k] != point[k];
        }

        return rounded;
    }

    // The last coordinates one by one: what is behind them is another panel's.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(float* rows, int depth, float* target)
    {
        int whole = depth / 4 * 4;
        Transposition<TWidth, TVector>.Write(rows, PackedDepth, whole, target, PanelWidth);
        for (int k = whole; k < depth; k++)
        {
            for (int i = 0; i < TWidth.Lanes; i++)
                target[((nint)k * PanelWidth) + i] = rows[(i * PackedDepth) + k];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteNorms(int panel)
    {
        float* values = Panel(panel), norms = Norms + (panel * PanelWidth);
        TVector sum0 = TWidth.Broadcast(0), sum1 = sum0, sum2 = sum0;
        for (int k = 0; k < Dimension; k++, values += PanelWidth)
        {
            TVector value0 = TWidth.Load(values), value1 = TWidth.Load(values + TWidth.Lanes), value2 = TWidth.Load(values + (2 * TWidth.Lanes));
            sum0 = TWidth.MultiplyAdd(value0, value0, sum0);
            sum1 = TWidth.MultiplyAdd(value1, value1, sum1);
            sum2 = TWidth.MultiplyAdd(value2, value2, sum2);
        }

        TWidth.Store(norms, sum0);
        TWidth.Store(norms + TWidth.Lanes, sum1);
        TWidth.Store(norms + (2 * TWidth.Lanes), sum2);
    }
}
