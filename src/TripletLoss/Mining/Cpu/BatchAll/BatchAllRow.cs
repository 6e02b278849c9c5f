using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Batch-all on one anchor's row, in which the positives are sorted by what they reach, their distance plus the margin, and
/// the negatives are marked: one exactly at the reach, whose hinge is 0, comes after it. A
/// positive is in as many active triplets as there are negatives within its reach, a negative in as many as there are
/// positives that reach it: ranks, which one sweep counts.
/// </summary>
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

    /// <summary>Turns the squared distances that were sorted into weights; adds what the others come to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Weigh(SortedRow sorted, in SettledRanks<TScale> settled, int positives, double margin, double coefficient, float* row, out double loss)
    {
        ulong* entries = sorted.Entries;
        int count = sorted.Count;
        int within = settled.WithinAll, beyond = positives - settled.ReachingNone;
        double sum = settled.WithinSum, total = 0;
        long active = 0;
        for (int place = 0; place < count; place++)
        {
            ulong entry = entries[place];
            int positive = 1 - SortedRow.IsMarked(entry);
            float* distance = row + SortedRow.Column(entry);
            double squared = *distance;
            double scaled = TScale.Apply(squared);
            beyond -= positive;
            active += within & -positive;
            total += positive * ((within * (scaled + margin)) - sum);
            sum += (1 - positive) * scaled;
            int rank = ((within + beyond) & -positive) - beyond;
            within += 1 - positive;
            *distance = (float)(coefficient * rank * TScale.Slope(squared));
        }

        // Where anyone reaches all, no negative is beyond the range: all are within by now.
        double reaching = settled.ReachingAll;
        loss = total + (within * (settled.ReachingSum + (reaching * margin))) - (reaching * sum);
        return active + ((long)within * settled.ReachingAll);
    }
}
