using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TripletLoss;

/// <summary>Batch-all on one anchor's row: what its positives reach, and the sum and the weights that its ranks (<see cref="RowRanks{TWidth, TVector}"/>) come to.</summary>
internal static unsafe class BatchAllRow<TScale>
    where TScale : struct, IDistanceScale
{
    /// <summary>The bits of the least float r for which, of squared distances, s &lt; r means distance(s) &lt; distance(own) + margin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Reach(float own, double margin)
    {
        double reach = TScale.Squared(TScale.Apply(own) + margin);
        float rounded = (float)reach;

        // The last bits of the double are rounding (of a root squared, say) and must not make a tie a triplet. The next float has the next bits; no branch could be predicted.
        return BitConverter.SingleToUInt32Bits(rounded) + (rounded < reach * (1 - 1e-15) ? 1u : 0u);
    }

    /// <summary>Writes what the squared distances [from..to) of a row reach, at the same places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Reaches(float* row, int from, int to, double margin, float* reaches)
    {
        for (int column = from; column < to; column++)
            ((uint*)reaches)[column] = Reach(row[column], margin);
    }

    /// <summary>Turns squared distances into weights, coefficient · rank · slope; returns Σ rank · distance.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Weigh(float* row, int* ranks, int count, double coefficient)
    {
        Vector256<double> total = default, factor = Vector256.Create(coefficient);
        int column = 0;
        for (; column + Vector256<float>.Count <= count; column += Vector256<float>.Count)
        {
            (Vector256<double> first, Vector256<double> second) = Vector256.Widen(Vector256.Load(row + column));
            (Vector256<double> firstRank, Vector256<double> secondRank) = ToDouble(Vector256.Load(ranks + column));
            total += (firstRank * TScale.Apply(first)) + (secondRank * TScale.Apply(second));
            Vector256.Narrow(factor * firstRank * TScale.Slope(first), factor * secondRank * TScale.Slope(second)).Store(row + column);
        }

        double sum = Vector256.Sum(total);
        for (; column < count; column++)
        {
            double squared = row[column];
            sum += ranks[column] * TScale.Apply(squared);
            row[column] = (float)(coefficient * ranks[column] * TScale.Slope(squared));
        }

        return sum;
    }

    // Few processors convert integers of 64 bits. Added to the bits of 1.5 · 2⁵², one makes a double that is larger by as much.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> Lower, Vector256<double> Upper) ToDouble(Vector256<int> values)
    {
        Vector256<double> shift = Vector256.Create(1.5 * (1L << 52));
        (Vector256<long> lower, Vector256<long> upper) = Vector256.Widen(values);
        return ((lower + shift.AsInt64()).AsDouble() - shift, (upper + shift.AsInt64()).AsDouble() - shift);
    }
}
