namespace TripletLoss;

/// <summary>Adds weights · points and weightsᵀ · points for a tile of weights, both by the micro-kernel.</summary>
internal static unsafe class WeightProducts<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // A panel of points takes half of a 32 KiB first-level cache, a slice of the weights a third; whole lines of it.
    private const int PanelBytes = 18 * 1024;
    private const int SliceBytes = 12 * 1024;
    private const int LineFloats = 16;

    private static int Rows => MicroKernel<TWidth, TVector>.Rows;

    private static int PanelWidth => PackedPoints<TWidth, TVector>.PanelWidth;

    /// <summary>sums[targetRow + i] += Σ_j weights[i, j] · points[column + j].</summary>
    public static void AddRows(
        float* weights, int stride, int rowCount, int column, int columnCount,
        CoordinatePanels<TWidth, TVector> points, CoordinatePanels<TWidth, TVector> sums, int targetRow)
    {
        int deepest = PanelBytes / (PanelWidth * sizeof(float));
        int blocks = (columnCount + deepest - 1) / deepest;
        int depth = (columnCount + blocks - 1) / Math.Max(blocks, 1);
        for (int j = 0; j < columnCount; j += depth)
        {
            int count = Math.Min(depth, columnCount - j);
            for (int panel = 0; panel < points.PanelCount; panel++)
            {
                for (int i = 0; i < rowCount; i += Rows)
                {
                    MicroKernel<TWidth, TVector>.Multiply(
                        weights + ((nint)i * stride) + j, 1, stride, points.At(panel, column + j), PanelWidth, count,
                        sums.At(panel, targetRow + i), PanelWidth, accumulate: true);
                }
            }
        }
    }

    /// <summary>sums[column + j] += Σ_i weights[i, j] · points[row + i].</summary>
    public static void AddColumns(
        float* weights, int stride, int row, int rowCount, int column, int columnCount,
        CoordinatePanels<TWidth, TVector> points, CoordinatePanels<TWidth, TVector> sums)
    {
        int width = Math.Max(LineFloats, SliceBytes / sizeof(float) / rowCount / LineFloats * LineFloats);
        for (int slice = 0; slice < columnCount; slice += width)
        {
            int end = Math.Min(slice + width, columnCount);
            for (int panel = 0; panel < points.PanelCount; panel++)
            {
                for (int j = slice; j < end; j += Rows)
                {
                    MicroKernel<TWidth, TVector>.Multiply(
                        weights + j, stride, 1, points.At(panel, row), PanelWidth, rowCount,
                        sums.At(panel, column + j), PanelWidth, accumulate: true);
                }
            }
        }
    }
}
