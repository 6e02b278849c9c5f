using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TripletLoss;

/// <summary>Squared distances from differences, for the pairs that enter the loss: always four, which share what is loaded of the anchor and do not wait for each other's sums.</summary>
internal static unsafe class PairDistance<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // Partial sums go to double this often, so that no sum grows long enough to lose the sixth digit.
    private const int Stretch = 64;

    private const int Together = 4;

    /// <summary>Of an anchor and some references of a problem, by their original indices; 0 where the index is negative.</summary>
    public static void Squared(in SimdProblem problem, int anchor, ReadOnlySpan<int> references, Span<double> distances)
    {
        if (problem.AnchorScales != null)
        {
            OfDirections(problem, anchor, references, distances);
            return;
        }

        long dimension = problem.Dimension;
        double* four = stackalloc double[Together];
        for (int i = 0; i < references.Length; i += Together)
        {
            // Of the last ones some are computed twice.
            int last = references.Length - 1;
            Squared(
                problem.Anchors + (anchor * dimension), Point(problem, references[i]), Point(problem, references[Math.Min(i + 1, last)]),
                Point(problem, references[Math.Min(i + 2, last)]), Point(problem, references[Math.Min(i + 3, last)]), problem.Dimension, four);
            for (int j = i; j < Math.Min(i + Together, references.Length); j++)
                distances[j] = references[j] < 0 ? 0 : four[j - i];
        }
    }

    private static void OfDirections(in SimdProblem problem, int anchor, ReadOnlySpan<int> references, Span<double> distances)
    {
        float* x = problem.GivenAnchors + ((long)anchor * problem.Dimension);
        for (int i = 0; i < references.Length; i++)
        {
            distances[i] = references[i] < 0 ? 0 : UnitDirections.SquaredDistance(
                x, problem.AnchorScales[anchor], problem.GivenReferences + ((long)references[i] * problem.Dimension), problem.ReferenceScales[references[i]], problem.Dimension);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Point(in SimdProblem problem, int reference) => problem.References + ((long)Math.Max(reference, 0) * problem.Dimension);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Squared(float* x, float* y0, float* y1, float* y2, float* y3, int dimension, double* distances)
    {
        Vector128<double> total01 = default, total23 = default;
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

            Vector128<float> sums = Sums(TWidth.Add(even0, odd0), TWidth.Add(even1, odd1), TWidth.Add(even2, odd2), TWidth.Add(even3, odd3));
            total01 += Vector128.WidenLower(sums);
            total23 += Vector128.WidenUpper(sums);
        }

        total01.Store(distances);
        total23.Store(distances + 2);
        for (; k < dimension; k++)
        {
            distances[0] += Square(x[k] - y0[k]);
            distances[1] += Square(x[k] - y1[k]);
            distances[2] += Square(x[k] - y2[k]);
            distances[3] += Square(x[k] - y3[k]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddSquare(TVector own, float* other, TVector sum)
    {
        TVector difference = TWidth.Subtract(own, TWidth.Load(other));
        return TWidth.MultiplyAdd(difference, difference, sum);
    }

    private static double Square(double difference) => difference * difference;

    /// <summary>The sum of the lanes of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Sums(TVector v0, TVector v1, TVector v2, TVector v3)
    {
        TVector even = TWidth.Add(TWidth.ZipLow(v0, v2), TWidth.ZipHigh(v0, v2)), odd = TWidth.Add(TWidth.ZipLow(v1, v3), TWidth.ZipHigh(v1, v3));
        return TWidth.SumFours(TWidth.Add(TWidth.ZipLow(even, odd), TWidth.ZipHigh(even, odd)));
    }
}
