using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>The squared distance of two points from their differences, for the pairs that enter the loss.</summary>
internal static unsafe class PairDistance<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // Partial sums go to double this often, so that no sum grows long enough to lose the sixth digit.
    private const int Stretch = 64;

    // So many share what is loaded of the anchor, and do not wait for each other's sums.
    private const int Together = 4;

    private static double Squared(in SimdProblem problem, int anchor, int reference)
    {
        long x = (long)anchor * problem.Dimension, y = (long)reference * problem.Dimension;
        return problem.AnchorScales == null
            ? Squared(problem.Anchors + x, problem.References + y, problem.Dimension)
            : UnitDirections.SquaredDistance(
                problem.GivenAnchors + x, problem.AnchorScales[anchor], problem.GivenReferences + y, problem.ReferenceScales[reference], problem.Dimension);
    }

    /// <summary>Of an anchor and some references of a problem, by their original indices; 0 where the index is negative.</summary>
    public static void Squared(in SimdProblem problem, int anchor, ReadOnlySpan<int> references, Span<double> distances)
    {
        long dimension = problem.Dimension;
        for (int i = 0; i < references.Length;)
        {
            if (i + Together > references.Length || problem.AnchorScales != null || (references[i] | references[i + 1] | references[i + 2] | references[i + 3]) < 0)
            {
                distances[i] = references[i] < 0 ? 0 : Squared(problem, anchor, references[i]);
                i++;
                continue;
            }

            Squared(
                problem.Anchors + (anchor * dimension), problem.References + (references[i] * dimension), problem.References + (references[i + 1] * dimension),
                problem.References + (references[i + 2] * dimension), problem.References + (references[i + 3] * dimension), problem.Dimension, distances[i..]);
            i += Together;
        }
    }

    // In the order of the one below: the same bits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Squared(float* x, float* y0, float* y1, float* y2, float* y3, int dimension, Span<double> distances)
    {
        double total0 = 0, total1 = 0, total2 = 0, total3 = 0;
        int k = 0;
        int whole = dimension - (dimension % (2 * TWidth.Lanes));
        while (k < whole)
        {
            int end = Math.Min(whole, k + (Stretch * TWidth.Lanes));
            TVector even0 = TWidth.Broadcast(0), even1 = even0, even2 = even0, even3 = even0;
            TVector odd0 = even0, odd1 = even0, odd2 = even0, odd3 = even0;
            for (; k < end; k += 2 * TWidth.Lanes)
            {
                TVector own = TWidth.Load(x + k);
                even0 = AddSquare(own, y0 + k, even0);
                even1 = AddSquare(own, y1 + k, even1);
                even2 = AddSquare(own, y2 + k, even2);
                even3 = AddSquare(own, y3 + k, even3);
                own = TWidth.Load(x + k + TWidth.Lanes);
                odd0 = AddSquare(own, y0 + k + TWidth.Lanes, odd0);
                odd1 = AddSquare(own, y1 + k + TWidth.Lanes, odd1);
                odd2 = AddSquare(own, y2 + k + TWidth.Lanes, odd2);
                odd3 = AddSquare(own, y3 + k + TWidth.Lanes, odd3);
            }

            total0 += TWidth.Sum(TWidth.Add(even0, odd0));
            total1 += TWidth.Sum(TWidth.Add(even1, odd1));
            total2 += TWidth.Sum(TWidth.Add(even2, odd2));
            total3 += TWidth.Sum(TWidth.Add(even3, odd3));
        }

        distances[0] = Rest(x, y0, k, dimension, total0);
        distances[1] = Rest(x, y1, k, dimension, total1);
        distances[2] = Rest(x, y2, k, dimension, total2);
        distances[3] = Rest(x, y3, k, dimension, total3);
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
                even = AddSquare(TWidth.Load(x + k), y + k, even);
                odd = AddSquare(TWidth.Load(x + k + TWidth.Lanes), y + k + TWidth.Lanes, odd);
            }

            total += TWidth.Sum(TWidth.Add(even, odd));
        }

        return Rest(x, y, k, dimension, total);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddSquare(TVector own, float* other, TVector sum)
    {
        TVector difference = TWidth.Subtract(own, TWidth.Load(other));
        return TWidth.MultiplyAdd(difference, difference, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Rest(float* x, float* y, int k, int dimension, double total)
    {
        for (; k < dimension; k++)
        {
            double difference = x[k] - y[k];
            total += difference * difference;
        }

        return total;
    }
}
