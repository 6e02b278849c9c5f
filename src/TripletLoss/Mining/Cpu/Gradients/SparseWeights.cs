using System.Numerics;
using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>What <see cref="WeightProducts{TWidth, TVector}"/> does, weight by weight and without what is alike in a row: for blocks in which few differ from that.</summary>
internal static unsafe class SparseWeights<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // Weights are gathered in lists of this length on the stack.
    private const int Batch = 256;

    private static int PanelWidth => PackedPoints<TWidth, TVector>.PanelWidth;

    /// <summary>
    /// With the differences of the weights to what is alike in their row: where there are sums of the anchors, sums[place + i] += Σ_j difference[i, j] · references[column + j];
    /// where there are sums of the references, sums[column + j] += Σ_i difference[i, j] · anchors[row + i].
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(
        WeightBlock<TWidth, TVector> block, CoordinatePanels<TWidth, TVector> anchors, CoordinatePanels<TWidth, TVector> references,
        CoordinatePanels<TWidth, TVector>? anchorSums, int place, CoordinatePanels<TWidth, TVector>? referenceSums)
    {
        int* places = stackalloc int[Batch];
        float* values = stackalloc float[Batch];
        for (WeightLists lists = new(block, places, values); lists.MoveNext();)
        {
            for (int panel = 0; panel < references.PanelCount; panel++)
            {
                if (anchorSums is not null)
                    SumUp(references.At(panel, block.Column), places, values, lists.Count, anchorSums.At(panel, place + lists.Row));
                if (referenceSums is not null)
                    Spread(anchors.At(panel, block.Row + lists.Row), places, values, lists.Count, referenceSums.At(panel, block.Column));
            }
        }
    }

    // Of one panel: target += Σ value · point at its place.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumUp(float* points, int* places, float* values, int count, float* target)
    {
        TVector sum0 = TWidth.Load(target), sum1 = TWidth.Load(target + TWidth.Lanes), sum2 = TWidth.Load(target + (2 * TWidth.Lanes));
        for (int entry = 0; entry < count; entry++)
        {
            TVector weight = TWidth.Broadcast(values[entry]);
            float* point = points + ((nint)places[entry] * PanelWidth);
            sum0 = TWidth.MultiplyAdd(weight, TWidth.Load(point), sum0);
            sum1 = TWidth.MultiplyAdd(weight, TWidth.Load(point + TWidth.Lanes), sum1);
            sum2 = TWidth.MultiplyAdd(weight, TWidth.Load(point + (2 * TWidth.Lanes)), sum2);
        }

        TWidth.Store(target, sum0);
        TWidth.Store(target + TWidth.Lanes, sum1);
        TWidth.Store(target + (2 * TWidth.Lanes), sum2);
    }

    // Of one panel: target at each place += value · point.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread(float* point, int* places, float* values, int count, float* targets)
    {
        TVector x0 = TWidth.Load(point), x1 = TWidth.Load(point + TWidth.Lanes), x2 = TWidth.Load(point + (2 * TWidth.Lanes));
        for (int entry = 0; entry < count; entry++)
        {
            TVector weight = TWidth.Broadcast(values[entry]);
            float* target = targets + ((nint)places[entry] * PanelWidth);
            TWidth.Store(target, TWidth.MultiplyAdd(weight, x0, TWidth.Load(target)));
            TWidth.Store(target + TWidth.Lanes, TWidth.MultiplyAdd(weight, x1, TWidth.Load(target + TWidth.Lanes)));
            TWidth.Store(target + (2 * TWidth.Lanes), TWidth.MultiplyAdd(weight, x2, TWidth.Load(target + (2 * TWidth.Lanes))));
        }
    }

    /// <summary>Lists the weights that differ from what is alike in their row, as differences to it, row by row, a long row in several lists.</summary>
    private ref struct WeightLists(WeightBlock<TWidth, TVector> block, int* places, float* values)
    {
        private int _next;

        public int Row { get; private set; }

        /// <summary>How many are in the list: one at least.</summary>
        public int Count { get; private set; }

        public bool MoveNext()
        {
            for (Count = 0; Count == 0;)
            {
                if (_next == block.Columns)
                    (Row, _next) = (Row + 1, 0);
                if (Row == block.Rows || block.Columns == 0)
                    return false;
                Count = Gather(block.Weights + ((nint)Row * block.Stride), block.Alike[Row], ref _next, block.Columns, places, values);
            }

            return true;
        }
    }

    // From a place on; moves it to what is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Gather(float* weights, float alike, ref int from, int end, int* places, float* values)
    {
        TVector zero = TWidth.Broadcast(0), usual = TWidth.Broadcast(alike);
        int count = 0, column = from;
        for (; column + TWidth.Lanes <= end && count + TWidth.Lanes <= Batch; column += TWidth.Lanes)
        {
            for (uint there = ~TWidth.EqualBits(TWidth.Add(TWidth.Load(weights + column), zero), usual) & (uint)((1L << TWidth.Lanes) - 1); there != 0; there &= there - 1)
            {
                int place = column + BitOperations.TrailingZeroCount(there);
                places[count] = place;
                values[count++] = weights[place] - alike;
            }
        }

        for (; column < end && end - column < TWidth.Lanes && count < Batch; column++)
        {
            if (weights[column] == alike)
                continue;
            places[count] = column;
            values[count++] = weights[column] - alike;
        }

        from = column;
        return count;
    }
}
