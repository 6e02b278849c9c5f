using System.Numerics;
using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Computes anew the distances of close pairs, where |a|² + |n|² − 2 a·n has lost its digits: as sums of squared differences of the packed points, or from the points as they were given
/// where packing has rounded them.
/// </summary>
internal sealed unsafe class DistanceRepair<TWidth, TVector>(
    SimdProblem problem, PackedPoints<TWidth, TVector> rows, PackedPoints<TWidth, TVector> columns, ClassIndex classes, float close)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private readonly bool _ofDirections = problem.AnchorScales != null;

    // A squared distance as a share of |a|² + |n|². What rounding to float32 is worth of it grows as it gets smaller, and is the less the more coordinates share it: here some 3e-6.
    private readonly float _tooCloseForDirections = 5e-4f / problem.Dimension;

    private static int PanelWidth => PackedPoints<TWidth, TVector>.PanelWidth;

    /// <summary>Repairs what is close of four rows' distances; says whether any of it was wanted.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="start">The first column.</param>
    /// <param name="width">How many columns: whole vectors.</param>
    /// <param name="block">The distances.</param>
    /// <param name="stride">From one row of them to the next.</param>
    /// <param name="ownClass">Whether distances within a class are wanted, but for a point's to itself; without, they may be left as they are.</param>
    public bool Repair(int row, int start, int width, float* block, int stride, bool ownClass)
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
                    TakeFromGiven(row + i, column, given, TWidth.MaskBits(CloseLanes(row + i, columnNorms, given, share)));
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
                    TakeFromGiven(row + i, column, place, TWidth.MaskBits(mask) & TooClose(row + i, columnNorms, place));
            }
        }

        return any;
    }

    /// <summary>Computes some lanes of a row from the points as they were given, in double.</summary>
    private void TakeFromGiven(int row, int column, float* place, uint lanes)
    {
        if (row >= rows.Count)
            return;
        Span<int> references = stackalloc int[TWidth.Lanes], wanted = stackalloc int[TWidth.Lanes];
        Span<double> squared = stackalloc double[TWidth.Lanes];
        int count = 0;
        for (; lanes != 0; lanes &= lanes - 1)
        {
            int lane = BitOperations.TrailingZeroCount(lanes);
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
            TWidth.Less(distance, TWidth.Multiply(TWidth.Broadcast(_tooCloseForDirections), norms)), TWidth.Less(TWidth.Broadcast(0), distance)));
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
            int position = column + BitOperations.TrailingZeroCount(lanes);
            if (position < classes.Start[row] || position >= classes.End[row])
                return true;
        }

        return false;
    }
}
