using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Fills tiles with squared distances |a|² + |n|² − 2 a·n, and lets them be repaired where that form has
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

    private readonly DistanceRepair<TWidth, TVector> _repair = new(problem, rows, columns, classes, close);

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
    /// Rows from rowStart (a multiple of four) against whole panels. Undefined are vectors without a point and, with upper, those left of the diagonal of a
    /// row; without ownClass the distances within a class may stay coarse. Says whether any of the others is close, a point and itself apart.
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
                int first = panel * PanelWidth, end = columns.WidthOf(panel);
                int rowEnd = upper ? Math.Min(rowStart + rowCount, (panel + 1) * PanelWidth) : rowStart + rowCount;
                for (int row = rowStart; row < rowEnd; row += MicroKernel<TWidth, TVector>.Rows)
                {
                    float* block = target + ((nint)(row - rowStart) * stride);
                    int start = upper ? Math.Max(row - first, 0) / TWidth.Lanes * TWidth.Lanes : 0;
                    Multiply(row, first + start, end - start, k, count, block + start, stride);
                    if (last && Finish(row, first + start, end - start, block + start, stride))
                        anyClose |= _repair.Repair(row, first + start, end - start, block + start, stride, ownClass);
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
        Multiply(row, column, TWidth.Lanes, 0, rows.Dimension, block, TWidth.Lanes);
        if (Finish(row, column, TWidth.Lanes, block, TWidth.Lanes))
            _repair.Repair(row, column, TWidth.Lanes, block, TWidth.Lanes, ownClass: true);
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

    // Some coordinates of four rows and of one to three vectors of columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Multiply(int row, int column, int width, int from, int depth, float* block, int stride)
    {
        nint start = (nint)from * PanelWidth;
        float* left = rows.Row(row) + start, right = columns.Row(column) + start;
        if (width == PanelWidth)
            MicroKernel<TWidth, TVector>.Multiply<Three>(left, PanelWidth, 1, right, PanelWidth, depth, block, stride, from > 0);
        else if (width > TWidth.Lanes)
            MicroKernel<TWidth, TVector>.Multiply<Two>(left, PanelWidth, 1, right, PanelWidth, depth, block, stride, from > 0);
        else
            MicroKernel<TWidth, TVector>.Multiply<One>(left, PanelWidth, 1, right, PanelWidth, depth, block, stride, from > 0);
    }

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
}
