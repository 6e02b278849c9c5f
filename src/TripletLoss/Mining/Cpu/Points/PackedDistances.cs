using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Fills tiles with squared distances |a|² + |n|² − 2 a·n, and with sums of squared differences where that form has
/// lost its digits (pairs at less than a share of |a|² + |n|², close). A distance depends on its two points alone, bit for bit, never on the tile.
/// </summary>
internal sealed unsafe class PackedDistances<TWidth, TVector>(
    SimdProblem problem, PackedPoints<TWidth, TVector> rows, PackedPoints<TWidth, TVector> columns, ClassIndex classes, float* offset, float close)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    /// <summary>
    /// What stands in place of a distance that must not be chosen: less any threshold it is still 2³¹ or more, and flipped it is 0, which less its threshold is as well.
    /// </summary>
    public const uint Excluded = 0xFFFFFFFF;

    // A panel of columns this deep takes half of a 32 KiB first-level cache.
    private const int PanelBytes = 16 * 1024;

    // A squared distance as a share of |a|² + |n|². The rounding of the directions to float32 is worth 1e-4 of a difference as small as that.
    private const float TooCloseForDirections = 1e-6f;

    private readonly bool _ofDirections = problem.AnchorScales != null;

    private static int PanelWidth => PackedPoints<TWidth, TVector>.PanelWidth;

    /// <summary>
    /// Floats from one whole row of distances to the next. No multiple of the page: that keeps a column of several rows out of one and the same cache set.
    /// </summary>
    public int RowStride => (((columns.PanelCount * PanelWidth) + 63) / 64 * 64) + 16;

    /// <summary>What was subtracted from all points, [dimension].</summary>
    public float* Offset => offset;

    /// <summary>By cosine, the vectors that have no direction.</summary>
    public ZeroVectors Zeros { get; } = new(problem, classes);

    public PackedPoints<TWidth, TVector> Rows => rows;

    public PackedPoints<TWidth, TVector> Columns => columns;

    /// <summary>
    /// Rows from rowStart (a multiple of four) against whole panels. With upper, what lies below the diagonal panel of a
    /// row is left as it was; without ownClass the distances within a class may stay coarse. Says whether any of the others is close, a point and itself apart.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Fill(int rowStart, int rowCount, int panelStart, int panelEnd, float* tile, int stride, bool upper,
        bool ownClass = false)
    {
        int blocks = Math.Max(1, (rows.Dimension * PanelWidth * sizeof(float) + PanelBytes - 1) / PanelBytes);
        int depth = (rows.Dimension + blocks - 1) / blocks;
        bool anyClose = false;
        for (int k = 0; k < rows.Dimension; k += depth)
        {
            int count = Math.Min(depth, rows.Dimension - k);
            bool last = k + count == rows.Dimension;
            for (int panel = panelStart; panel < panelEnd; panel++)
            {
                float* target = tile + ((panel - panelStart) * PanelWidth);
                int rowEnd = upper ? Math.Min(rowStart + rowCount, (panel + 1) * PanelWidth) : rowStart + rowCount;
                for (int row = rowStart; row < rowEnd; row += MicroKernel<TWidth, TVector>.Rows)
                {
                    float* block = target + ((nint)(row - rowStart) * stride);
                    Multiply(row, panel, k, count, block, stride, k > 0);
                    if (!last || !Finish(row, panel * PanelWidth, PanelWidth, block, stride))
                        continue;
                    anyClose |= RefineClose(row, panel * PanelWidth, PanelWidth, block, stride, ownClass);
                }
            }
        }

        if (!Zeros.IsEmpty)
            Zeros.Overwrite(ZeroVectors.Squared, rowStart, rowCount, panelStart * PanelWidth, (panelEnd - panelStart) * PanelWidth, tile, stride);
        return anyClose;
    }

    /// <summary>Four rows against one vector of columns, the distances within a class included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FillVector(int row, int column, float* block)
    {
        MicroKernel<TWidth, TVector>.MultiplyVector(rows.Row(row), PanelWidth, columns.Row(column), PanelWidth, rows.Dimension, block, TWidth.Lanes);
        if (Finish(row, column, TWidth.Lanes, block, TWidth.Lanes))
            RefineClose(row, column, TWidth.Lanes, block, TWidth.Lanes, ownClass: true);
        if (!Zeros.IsEmpty)
            Zeros.Overwrite(ZeroVectors.Squared, row, MicroKernel<TWidth, TVector>.Rows, column, TWidth.Lanes, block, TWidth.Lanes);
    }

    /// <summary>Takes the class of each row, and the columns that are none, out of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Exclude(int rowStart, int rowCount, int panelStart, int panelEnd, float* tile, int stride, uint excluded = Excluded)
    {
        int first = panelStart * PanelWidth;
        int end = panelEnd * PanelWidth;
        for (int i = 0; i < rowCount; i++)
        {
            uint* distances = (uint*)(tile + ((nint)i * stride)) - first;
            int from = Math.Max(first, classes.Start[rowStart + i]);
            int to = Math.Min(end, classes.End[rowStart + i]);
            for (int column = from; column < to; column++)
                distances[column] = excluded;
            for (int column = Math.Max(first, columns.Count); column < end; column++)
                distances[column] = excluded;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Multiply(int row, int panel, int from, int depth, float* block, int stride, bool accumulate) =>
        MicroKernel<TWidth, TVector>.Multiply(
            rows.Row(row) + ((nint)from * PanelWidth), PanelWidth, 1,
            columns.Panel(panel) + ((nint)from * PanelWidth), PanelWidth, depth, block, stride, accumulate);

    /// <summary>Products to squared distances; says whether any pair is close.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Finish(int row, int column, int width, float* block, int stride)
    {
        TVector zero = TWidth.Broadcast(0), minusTwo = TWidth.Broadcast(-2), share = TWidth.Broadcast(close);
        TVector any = zero;
        float* columnNorms = columns.Norms + column;
        for (int i = 0; i < MicroKernel<TWidth, TVector>.Rows; i++, block += stride)
        {
            TVector rowNorm = TWidth.Broadcast(rows.Norms[row + i]);
            for (int lane = 0; lane < width; lane += TWidth.Lanes)
            {
                TVector norms = TWidth.Add(rowNorm, TWidth.Load(columnNorms + lane));
                TVector distance = TWidth.MultiplyAdd(minusTwo, TWidth.Load(block + lane), norms);
                distance = TWidth.Max(distance, zero);
                any = TWidth.OrBits(any, TWidth.Less(distance, TWidth.Multiply(share, norms)));
                TWidth.Store(block + lane, distance);
            }
        }

        return TWidth.MaskBits(any) != 0;
    }

    // Says whether there was any.
    private bool RefineClose(int row, int start, int width, float* block, int stride, bool ownClass)
    {
        bool any = false;
        TVector share = TWidth.Broadcast(close);
        float* exact = stackalloc float[MicroKernel<TWidth, TVector>.Rows * TWidth.Lanes];
        for (int lane = 0; lane < width; lane += TWidth.Lanes)
        {
            int column = start + lane;
            TVector columnNorms = TWidth.Load(columns.Norms + column);
            bool wanted = false;
            for (int i = 0; i < MicroKernel<TWidth, TVector>.Rows; i++)
            {
                uint lanes = TWidth.MaskBits(CloseLanes(row + i, columnNorms, block + ((nint)i * stride) + lane, share));
                wanted |= ownClass ? HasOther(row + i, column, lanes) : HasNegative(row + i, column, lanes);
            }

            if (!wanted)
                continue;
            any = true;
            if (rows.IsRounded || columns.IsRounded)
            {
                for (int i = 0; i < MicroKernel<TWidth, TVector>.Rows; i++)
                {
                    float* given = block + ((nint)i * stride) + lane;
                    RefineFromGiven(row + i, column, given, TWidth.MaskBits(CloseLanes(row + i, columnNorms, given, share)));
                }

                continue;
            }

            MicroKernel<TWidth, TVector>.SquaredDifferences(
                rows.Row(row), PanelWidth, columns.Row(column), PanelWidth, rows.Dimension, exact, TWidth.Lanes);
            for (int i = 0; i < MicroKernel<TWidth, TVector>.Rows; i++)
            {
                float* place = block + ((nint)i * stride) + lane;
                TVector mask = CloseLanes(row + i, columnNorms, place, share);
                TWidth.Store(place, TWidth.Select(mask, TWidth.Load(exact + (i * TWidth.Lanes)), TWidth.Load(place)));
                if (_ofDirections)
                    RefineFromGiven(row + i, column, place, TooClose(row + i, columnNorms, place));
            }
        }

        return any;
    }

    /// <summary>Computes some lanes of a row from the points as they were given, in double.</summary>
    private void RefineFromGiven(int row, int column, float* place, uint lanes)
    {
        if (row >= rows.Count)
            return;
        Span<int> references = stackalloc int[TWidth.Lanes], wanted = stackalloc int[TWidth.Lanes];
        Span<double> squared = stackalloc double[TWidth.Lanes];
        int count = 0;
        for (; lanes != 0; lanes &= lanes - 1)
        {
            int lane = System.Numerics.BitOperations.TrailingZeroCount(lanes);
            if (column + lane >= columns.Count)
                break;
            wanted[count] = lane;
            references[count++] = classes.ReferenceOrder[column + lane];
        }

        PairDistance<TWidth, TVector>.Squared(problem, classes.AnchorOrder[row], references[..count], squared);
        for (int i = 0; i < count; i++)
            place[wanted[i]] = (float)squared[i];
    }

    // Those that coincide stay at 0.
    private uint TooClose(int row, TVector columnNorms, float* place)
    {
        TVector distance = TWidth.Load(place), norms = TWidth.Add(TWidth.Broadcast(rows.Norms[row]), columnNorms);
        return TWidth.MaskBits(TWidth.AndBits(
            TWidth.Less(distance, TWidth.Multiply(TWidth.Broadcast(TooCloseForDirections), norms)), TWidth.Less(TWidth.Broadcast(0), distance)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector CloseLanes(int row, TVector columnNorms, float* place, TVector share) =>
        TWidth.Less(
            TWidth.Load(place), TWidth.Multiply(share, TWidth.Add(TWidth.Broadcast(rows.Norms[row]), columnNorms)));

    /// <summary>Whether any of these columns is not the row's own point.</summary>
    private bool HasOther(int row, int column, uint lanes)
    {
        int self = row < rows.Count ? classes.Self[row] - column : -1;
        return (self >= 0 && self < TWidth.Lanes ? lanes & ~(1u << self) : lanes) != 0;
    }

    /// <summary>Whether any of these columns is outside the row's class (its own distances are taken out anyway).</summary>
    private bool HasNegative(int row, int column, uint lanes)
    {
        if (row >= rows.Count)
            return false;
        for (; lanes != 0; lanes &= lanes - 1)
        {
            int position = column + System.Numerics.BitOperations.TrailingZeroCount(lanes);
            if (position < classes.Start[row] || position >= classes.End[row])
                return true;
        }

        return false;
    }
}
