namespace TripletLoss;

/// <summary>
/// In a block of rows of one class, whose positives all weigh the same in each row, the weights of the positives: all active or none, as semi-hard leaves them nearly always. Then Σ w x over the
/// class is w Σ x, and the products can do without these columns.
/// </summary>
internal sealed unsafe class OwnClassWeights<TWidth, TVector>(ClassIndex classes, int rows, int dimension, NativeArena arena)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private readonly float* _weights = arena.Allocate<float>(rows);
    private readonly float* _total = arena.Allocate<float>(dimension + 1L + PackedPoints<TWidth, TVector>.PanelWidth);

    /// <summary>The first column that the products leave out.</summary>
    public int From { get; private set; }

    /// <summary>The one after the last of them; the same where there is none.</summary>
    public int To { get; private set; }

    /// <summary>Looks for such weights. Where the batch mines itself, that of a row's own point, 0, does not matter: its difference is 0. A copy elsewhere may be another vector.</summary>
    public void Look(float* strip, int stride, int row, int count)
    {
        From = To = 0;
        int start = classes.Start[row], end = classes.End[row];
        // Whole blocks of the product.
        int first = (start + MicroKernel<TWidth, TVector>.Rows - 1) / MicroKernel<TWidth, TVector>.Rows * MicroKernel<TWidth, TVector>.Rows;
        int last = end / MicroKernel<TWidth, TVector>.Rows * MicroKernel<TWidth, TVector>.Rows;
        if (first >= last || classes.Start[row + count - 1] != start)
            return;
        for (int i = 0; i < count; i++)
        {
            uint* weights = (uint*)strip + ((nint)i * stride);
            int self = classes.Self[row + i], after = self < 0 ? start : self + 1;
            if (self >= 0 && !classes.MinesItself)
                return;
            uint weight = weights[after < end ? after : start];
            if (Differ(weights, start, self, weight) || Differ(weights, after, end, weight))
                return;
            _weights[i] = BitConverter.UInt32BitsToSingle(weight);
        }

        (From, To) = (first, last);
    }

    /// <summary>Adds the weighted points to the sums of the block's rows.</summary>
    public void AddToAnchors(CoordinatePanels<TWidth, TVector> points, CoordinatePanels<TWidth, TVector> sums, int count)
    {
        if (From == To)
            return;
        points.SumUp(From, To, null, _total);
        for (int i = 0; i < count; i++)
            sums.Add(i, _weights[i], _total);
    }

    /// <summary>Adds the block's weighted points to the sums of some columns.</summary>
    public void AddToReferences(CoordinatePanels<TWidth, TVector> anchors, int row, int count, CoordinatePanels<TWidth, TVector> sums, int column, int end)
    {
        if (Math.Max(From, column) >= Math.Min(To, end))
            return;
        anchors.SumUp(row, row + count, _weights, _total);
        for (int j = Math.Max(From, column); j < Math.Min(To, end); j++)
            sums.Add(j, 1, _total);
    }

    private static bool Differ(uint* weights, int from, int to, uint weight) =>
        from < to && new ReadOnlySpan<uint>(weights + from, to - from).ContainsAnyExcept(weight);
}
