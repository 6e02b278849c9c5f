using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>The squared distance of two points from their differences, for the pairs that enter the loss.</summary>
internal static unsafe class PairDistance<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // Partial sums go to double this often, so that no sum grows long enough to lose the sixth digit.
    private const int Stretch = 64;

    /// <summary>Of an anchor and a reference of a problem, by their original indices.</summary>
    public static double Squared(in SimdProblem problem, int anchor, int reference)
    {
        long x = (long)anchor * problem.Dimension, y = (long)reference * problem.Dimension;
        return problem.AnchorScales == null
            ? Squared(problem.Anchors + x, problem.References + y, problem.Dimension)
            : UnitDirections.SquaredDistance(
                problem.GivenAnchors + x, problem.AnchorScales[anchor], problem.GivenReferences + y, problem.ReferenceScales[reference], problem.Dimension);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Squared(float* x, float* y, int dimension)
    {
        double total = 0;
        int k = 0;
        int whole = dimension - (dimension % (2 * TWidth.Lanes));
        while (k < whole)
        {
            int end = Math.Min(whole, k + (Stretch * TWidth.Lanes));
            TVector even = TWidth.Broadcast(0), odd = even;
            for (; k < end; k += 2 * TWidth.Lanes)
            {
                TVector difference = TWidth.Subtract(TWidth.Load(x + k), TWidth.Load(y + k));
                even = TWidth.MultiplyAdd(difference, difference, even);
                difference = TWidth.Subtract(TWidth.Load(x + k + TWidth.Lanes), TWidth.Load(y + k + TWidth.Lanes));
                odd = TWidth.MultiplyAdd(difference, difference, odd);
            }

            total += TWidth.Sum(TWidth.Add(even, odd));
        }

        for (; k < dimension; k++)
        {
            double difference = x[k] - y[k];
            total += difference * difference;
        }

        return total;
    }
}
