using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Close pairs in a dense gradient: y Σ w − Σ w x would lose in floats the little that w (y − x) comes to. Such pairs leave the weights and enter the sums
/// as differences. For the Euclidean distance from farther off, because there a pair weighs the slope over its distance.
/// </summary>
internal sealed unsafe class ClosePairs<TWidth, TVector>(in SimdProblem problem, ClassIndex classes, PackedDistances<TWidth, TVector> tiles)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private readonly SimdProblem _problem = problem;

    // As a share of |a|² + |n|².
    private readonly float _close = problem.Scale == DistanceScale.Root ? 1e-2f : 1e-4f;

    /// <summary>Moves those of one anchor's row from the weights to a list.</summary>
    /// <param name="squared">Squared distances from the column on.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="anchor">The anchor's sorted position.</param>
    /// <param name="column">The sorted position of the first reference.</param>
    /// <param name="count">How many references.</param>
    /// <param name="pairs">The list.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Move(float* squared, float* weights, int anchor, int column, int count, List<ClosePair> pairs)
    {
        TVector share = TWidth.Broadcast(_close), norm = TWidth.Broadcast(tiles.Rows.Norms[anchor]);
        for (int j = 0; j < count; j += TWidth.Lanes)
        {
            TVector norms = TWidth.Add(norm, TWidth.Load(tiles.Columns.Norms + column + j));
            uint close = TWidth.MaskBits(TWidth.Less(TWidth.Load(squared + j), TWidth.Multiply(share, norms)));
            for (; close != 0; close &= close - 1)
            {
                int reference = j + BitOperations.TrailingZeroCount(close);
                if (reference < count && weights[reference] != 0)
                {
                    pairs.Add(new(anchor, column + reference, weights[reference]));
                    weights[reference] = 0;
                }
            }
        }
    }

    /// <summary>Adds the pairs to sums that stand from some anchor's sorted position on.</summary>
    public void AddToAnchors(List<ClosePair> pairs, CoordinatePanels<TWidth, TVector> sums, int firstAnchor)
    {
        foreach (ClosePair pair in pairs)
            Add(pair, sums, pair.Anchor - firstAnchor, toReference: false);
    }

    /// <summary>Adds the pairs to the sums of the references, by sorted position.</summary>
    public void AddToReferences(List<ClosePair> pairs, CoordinatePanels<TWidth, TVector> sums)
    {
        foreach (ClosePair pair in pairs)
            Add(pair, sums, pair.Reference, toReference: true);
    }

    private void Add(ClosePair pair, CoordinatePanels<TWidth, TVector> sums, int place, bool toReference)
    {
        int anchor = classes.AnchorOrder[pair.Anchor], reference = classes.ReferenceOrder[pair.Reference];
        long x = (long)anchor * _problem.Dimension, y = (long)reference * _problem.Dimension;
        if (_problem.AnchorScales == null)
        {
            float* own = _problem.Anchors + x, other = _problem.References + y;
            sums.AddWeightedDifference(place, pair.Weight, toReference ? own : other, toReference ? other : own);
            return;
        }

        // The difference, and zeros to take it from.
        float[] buffer = ArrayPool<float>.Shared.Rent(2 * _problem.Dimension);
        fixed (float* difference = buffer)
        {
            float* nothing = difference + _problem.Dimension;
            new Span<float>(nothing, _problem.Dimension).Clear();
            UnitDirections.Difference(
                _problem.GivenAnchors + x, _problem.AnchorScales[anchor], _problem.GivenReferences + y, _problem.ReferenceScales[reference], difference, _problem.Dimension);
            sums.AddWeightedDifference(place, pair.Weight, toReference ? difference : nothing, toReference ? nothing : difference);
        }

        ArrayPool<float>.Shared.Return(buffer);
    }
}
