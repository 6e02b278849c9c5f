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

    /// <summary>Moves those of one anchor's row.</summary>
    /// <param name="squared">Squared distances from the column on.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="anchor">The anchor's sorted position.</param>
    /// <param name="column">The sorted position of the first reference.</param>
    /// <param name="count">How many references.</param>
    /// <param name="anchorSums">Where the anchor's Σ w x stands.</param>
    /// <param name="place">The anchor's place there.</param>
    /// <param name="referenceSums">Where those of the references stand, by sorted position; null: nobody wants them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Move(
        float* squared, float* weights, int anchor, int column, int count,
        CoordinatePanels<TWidth, TVector> anchorSums, int place, CoordinatePanels<TWidth, TVector>? referenceSums)
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
                    Move(weights[reference], anchor, column + reference, anchorSums, place, referenceSums);
                    weights[reference] = 0;
                }
            }
        }
    }

    private void Move(
        float weight, int anchor, int reference,
        CoordinatePanels<TWidth, TVector> anchorSums, int place, CoordinatePanels<TWidth, TVector>? referenceSums)
    {
        int original = classes.AnchorOrder[anchor], other = classes.ReferenceOrder[reference];
        long x = (long)original * _problem.Dimension, y = (long)other * _problem.Dimension;
        if (_problem.AnchorScales == null)
        {
            anchorSums.AddWeightedDifference(place, weight, _problem.References + y, _problem.Anchors + x);
            referenceSums?.AddWeightedDifference(reference, weight, _problem.Anchors + x, _problem.References + y);
            return;
        }

        // The difference, and zeros to take it from.
        float[] buffer = ArrayPool<float>.Shared.Rent(2 * _problem.Dimension);
        fixed (float* difference = buffer)
        {
            float* nothing = difference + _problem.Dimension;
            new Span<float>(nothing, _problem.Dimension).Clear();
            UnitDirections.Difference(
                _problem.GivenAnchors + x, _problem.AnchorScales[original], _problem.GivenReferences + y, _problem.ReferenceScales[other], difference, _problem.Dimension);
            anchorSums.AddWeightedDifference(place, weight, nothing, difference);
            referenceSums?.AddWeightedDifference(reference, weight, difference, nothing);
        }

        ArrayPool<float>.Shared.Return(buffer);
    }
}
