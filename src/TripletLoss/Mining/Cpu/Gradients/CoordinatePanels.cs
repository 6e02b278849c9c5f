using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>
/// Points in sorted order and less their common offset, in panels over the coordinates: within a panel point by point, three vectors' worth of
/// coordinates each, and after the last coordinate a 1. So weights · points gives Σ w x and beside it, from the same
/// roundings, Σ w: what the gradient Σ w (x − y) needs of both.
/// </summary>
internal sealed unsafe class CoordinatePanels<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private readonly float* _panels;

    public CoordinatePanels(int count, int dimension, NativeArena arena)
    {
        Count = count;
        Dimension = dimension;
        PanelCount = Padded(dimension) / PanelWidth;
        PaddedCount = (count + MicroKernel<TWidth, TVector>.Rows - 1)
            / MicroKernel<TWidth, TVector>.Rows * MicroKernel<TWidth, TVector>.Rows;
        _panels = arena.AllocateZeroed<float>(Length);
    }

    public int Count { get; }

    /// <summary>Rounded up to whole blocks of the product, so that it may write past the last point.</summary>
    public int PaddedCount { get; }

    public int Dimension { get; }

    public int PanelCount { get; }

    public long Length => (long)PanelCount * PaddedCount * PanelWidth;

    /// <summary>The coordinates of a point with its 1, in whole panels.</summary>
    public static int Padded(int dimension) => (dimension + PanelWidth) / PanelWidth * PanelWidth;

    private static int PanelWidth => PackedPoints<TWidth, TVector>.PanelWidth;

    /// <summary>Coordinates of one panel from one point on.</summary>
    public float* At(int panel, int point) => _panels + ((((long)panel * PaddedCount) + point) * PanelWidth);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(float* points, int* order, float* offset, int from, int to)
    {
        for (int point = from; point < to; point++)
        {
            float* source = points + ((long)order[point] * Dimension);
            for (int panel = 0; panel < PanelCount; panel++)
                CopyCoordinates(source, offset, At(panel, point), panel);
            *Sum(point) = 1;
        }
    }

    public void Clear() => NativeMemory.Clear(_panels, (nuint)Length * sizeof(float));

    /// <summary>The 1 of a point, or the sum of weights that stands there after a product.</summary>
    public float* Sum(int point) => At(PanelCount - 1, point) + (Dimension % PanelWidth);

    /// <summary>target += Σ w · x − Σ w y for sums that stand here and a point x that stands in others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddDifference(int point, CoordinatePanels<TWidth, TVector> others, int other, float* target)
    {
        float own = *Sum(point);
        TVector factor = TWidth.Broadcast(own);
        for (int panel = 0; panel < PanelCount; panel++)
        {
            float* values = At(panel, point), x = others.At(panel, other);
            int first = panel * PanelWidth;
            int count = Math.Min(PanelWidth, Dimension - first);
            int k = 0;
            for (; k + TWidth.Lanes <= count; k += TWidth.Lanes)
            {
                TVector difference = TWidth.Subtract(TWidth.Multiply(factor, TWidth.Load(x + k)), TWidth.Load(values + k));
                TWidth.Store(target + first + k, TWidth.Add(TWidth.Load(target + first + k), difference));
            }

            for (; k < count; k++)
                target[first + k] += (own * x[k]) - values[k];
        }
    }

    /// <summary>Adds w (x − y) to the sum of w · x, and nothing to the sum of w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddWeightedDifference(int point, float weight, float* x, float* y)
    {
        TVector factor = TWidth.Broadcast(weight);
        for (int panel = 0; panel < PanelCount; panel++)
        {
            float* values = At(panel, point);
            int first = panel * PanelWidth;
            int count = Math.Min(PanelWidth, Dimension - first);
            int k = 0;
            for (; k + TWidth.Lanes <= count; k += TWidth.Lanes)
            {
                TVector difference = TWidth.Subtract(TWidth.Load(x + first + k), TWidth.Load(y + first + k));
                TWidth.Store(values + k, TWidth.MultiplyAdd(factor, difference, TWidth.Load(values + k)));
            }

            for (; k < count; k++)
                values[k] += weight * (x[first + k] - y[first + k]);
        }
    }

    /// <summary>total = Σ w x over points [from..to), a vector in the order of the panels, with Σ w; without weights each weighs 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumUp(int from, int to, float* weights, float* total)
    {
        for (int panel = 0; panel < PanelCount; panel++, total += PanelWidth)
        {
            TVector sum0 = TWidth.Broadcast(0), sum1 = sum0, sum2 = sum0;
            float* values = At(panel, from);
            for (int point = from; point < to; point++, values += PanelWidth)
            {
                TVector weight = TWidth.Broadcast(weights == null ? 1 : weights[point - from]);
                sum0 = TWidth.MultiplyAdd(weight, TWidth.Load(values), sum0);
                sum1 = TWidth.MultiplyAdd(weight, TWidth.Load(values + TWidth.Lanes), sum1);
                sum2 = TWidth.MultiplyAdd(weight, TWidth.Load(values + (2 * TWidth.Lanes)), sum2);
            }

            TWidth.Store(total, sum0);
            TWidth.Store(total + TWidth.Lanes, sum1);
            TWidth.Store(total + (2 * TWidth.Lanes), sum2);
        }
    }

    /// <summary>Adds such a vector, times a weight, to the sums of a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int point, float weight, float* total)
    {
        TVector factor = TWidth.Broadcast(weight);
        for (int panel = 0; panel < PanelCount; panel++, total += PanelWidth)
        {
            float* values = At(panel, point);
            for (int k = 0; k < PanelWidth; k += TWidth.Lanes)
                TWidth.Store(values + k, TWidth.MultiplyAdd(factor, TWidth.Load(total + k), TWidth.Load(values + k)));
        }
    }

    private void CopyCoordinates(float* source, float* offset, float* target, int panel)
    {
        int first = panel * PanelWidth;
        int count = Math.Min(PanelWidth, Dimension - first);
        int k = 0;
        for (; k + TWidth.Lanes <= count; k += TWidth.Lanes)
            TWidth.Store(target + k, TWidth.Subtract(TWidth.Load(source + first + k), TWidth.Load(offset + first + k)));
        for (; k < count; k++)
            target[k] = source[first + k] - offset[first + k];
    }
}
