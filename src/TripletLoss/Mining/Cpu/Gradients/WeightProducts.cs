namespace TripletLoss;

/// <summary>Adds weights · points and weightsᵀ · points for a block of weights, both by the micro-kernel.</summary>
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

    /// <summary>As <see cref="SparseWeights{TWidth, TVector}.Add"/>, with the weights themselves.</summary>
    public static void Add(
        WeightBlock<TWidth, TVector> block, CoordinatePanels<TWidth, TVector> anchors, CoordinatePanels<TWidth, TVector> references,
        CoordinatePanels<TWidth, TVector>? anchorSums, int place, CoordinatePanels<TWidth, TVector>? referenceSums)
    {
        if (anchorSums is not null)
            AddRows(block, references, anchorSums, place);
        if (referenceSums is not null)
            AddColumns(block, anchors, referenceSums);
    }

    // sums[place + i] += Σ_j weights[i, j] · points[column + j].
    private static void AddRows(WeightBlock<TWidth, TVector> block, CoordinatePanels<TWidth, TVector> points, CoordinatePanels<TWidth, TVector> sums, int place)
    {
        int deepest = PanelBytes / (PanelWidth * sizeof(float));
        int blocks = (block.Columns + deepest - 1) / deepest;
        int depth = (block.Columns + blocks - 1) / Math.Max(blocks, 1);
        for (int j = 0; j < block.Columns; j += depth)
        {
            int count = Math.Min(depth, block.Columns - j);
            for (int panel = 0; panel < points.PanelCount; panel++)
            {
                for (int i = 0; i < block.Rows; i += Rows)
                {
                    MicroKernel<TWidth, TVector>.Multiply<Three>(
                        block.Weights + ((nint)i * block.Stride) + j, 1, block.Stride, points.At(panel, block.Column + j), PanelWidth, count,
                        sums.At(panel, place + i), PanelWidth, accumulate: true);
                }
            }
        }
    }

    // sums[column + j] += Σ_i weights[i, j] · points[row + i].
    private static void AddColumns(WeightBlock<TWidth, TVector> block, CoordinatePanels<TWidth, TVector> points, CoordinatePanels<TWidth, TVector> sums)
    {
        int width = Math.Max(LineFloats, SliceBytes / sizeof(float) / block.Rows / LineFloats * LineFloats);
        for (int slice = 0; slice < block.Columns; slice += width)
        {
            int end = Math.Min(slice + width, block.Columns);
            for (int panel = 0; panel < points.PanelCount; panel++)
            {
                for (int j = slice; j < end; j += Rows)
                {
                    MicroKernel<TWidth, TVector>.Multiply<Three>(
                        block.Weights + j, block.Stride, 1, points.At(panel, block.Row), PanelWidth, block.Rows,
                        sums.At(panel, block.Column + j), PanelWidth, accumulate: true);
                }
            }
        }
    }
}
