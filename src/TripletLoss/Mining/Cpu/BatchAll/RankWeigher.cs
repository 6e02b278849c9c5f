using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>From ranks to weights of the gradient, Σ coefficient · rank · slope, and to the sums of ranked distances.</summary>
internal static unsafe class RankWeigher<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    /// <summary>A row: returns Σ rank · distance, and replaces the ranks by coefficient · rank.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Row(DistanceScale scale, float* distances, int count, float coefficient, float* ranks)
    {
        TVector sum = TWidth.Broadcast(0), factor = TWidth.Broadcast(coefficient);
        for (int column = 0; column < count; column += TWidth.Lanes)
        {
            TVector distance = TWidth.Load(distances + column);
            TVector rank = Apart(TWidth.ToFloat(TWidth.Load(ranks + column)), distance);
            sum = TWidth.MultiplyAdd(rank, Scaled(scale, distance), sum);
            TWidth.Store(ranks + column, TWidth.Multiply(rank, factor));
        }

        return TWidth.Sum(sum);
    }

    /// <summary>A vector's worth of columns: adds their share to the weights, and their Σ rank · distance to sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns(
        DistanceScale scale, float* distances, int stride, int count, float* ranks, float* coefficients, float* weights, double* sums)
    {
        TVector sum = TWidth.Broadcast(0), factor = TWidth.Load(coefficients);
        for (int row = 0; row < count; row++, distances += stride, weights += stride, ranks += TWidth.Lanes)
        {
            TVector distance = TWidth.Load(distances);
            TVector rank = Apart(TWidth.ToFloat(TWidth.Load(ranks)), distance);
            sum = TWidth.MultiplyAdd(rank, Scaled(scale, distance), sum);
            TWidth.Store(weights, TWidth.MultiplyAdd(rank, factor, TWidth.Load(weights)));
        }

        float* lanes = stackalloc float[TWidth.Lanes];
        TWidth.Store(lanes, sum);
        for (int lane = 0; lane < TWidth.Lanes; lane++)
            sums[lane] += lanes[lane];
    }

    /// <summary>Weights of distances to weights of squared distances; 0 where the points coincide.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Slope(DistanceScale scale, float* distances, int count, float* weights)
    {
        if (scale == DistanceScale.Squared)
            return;
        TVector half = TWidth.Broadcast(0.5f), zero = TWidth.Broadcast(0);
        for (int column = 0; column < count; column += TWidth.Lanes)
        {
            TVector weight = TWidth.Multiply(half, TWidth.Load(weights + column));
            if (scale == DistanceScale.Root)
            {
                TVector distance = TWidth.Load(distances + column);
                weight = TWidth.Divide(weight, TWidth.SquareRoot(distance));
                weight = TWidth.Select(TWidth.Less(zero, distance), weight, zero);
            }

            TWidth.Store(weights + column, weight);
        }
    }

    // Coinciding points have no gradient, and the products would leave rounding of a weight there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Apart(TVector rank, TVector distance) =>
        TWidth.AndBits(rank, TWidth.Less(TWidth.Broadcast(0), distance));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Scaled(DistanceScale scale, TVector squared) => scale switch
    {
        DistanceScale.Root => TWidth.SquareRoot(squared),
        DistanceScale.HalfSquared => TWidth.Multiply(TWidth.Broadcast(0.5f), squared),
        _ => squared,
    };
}
