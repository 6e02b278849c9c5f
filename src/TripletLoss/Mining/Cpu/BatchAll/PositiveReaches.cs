using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>What each positive of a batch-all pass reaches, what was counted within and beyond these reaches, and the sums that the counts come to.</summary>
internal sealed unsafe class PositiveReaches(SimdProblem problem, ClassIndex classes, ThresholdTable table, NativeArena arena)
{
    // By slot of the table: the squared distance of the pair.
    private readonly float* _squared = arena.AllocateZeroed<float>(table.Length);

    /// <summary>For each reach, the negatives within it.</summary>
    public int* Counts { get; } = arena.AllocateZeroed<int>(table.Length);

    /// <summary>For each anchor, Σ rank · distance over its negatives.</summary>
    public double* RankedDistances { get; } = arena.AllocateZeroed<double>((long)table.Groups * table.Lanes);

    /// <summary>Turns the table's thresholds, those of the pairs, into reaches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill()
    {
        for (long slot = 0; slot < table.Length; slot++)
        {
            bool used = table.Thresholds[slot] != ThresholdTable.Never;
            _squared[slot] = used ? BitConverter.UInt32BitsToSingle(table.Thresholds[slot] - 1) : 0;
            table.Thresholds[slot] = used ? Reach(_squared[slot]) : 0;
        }
    }

    /// <summary>Adds up: sums of hinges, weights of the positives; returns the active triplets.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long SumUp(TripletTerms terms)
    {
        long active = 0;
        for (int anchor = 0; anchor < classes.AnchorCount; anchor++)
        {
            int original = classes.AnchorOrder[anchor];
            double coefficient = problem.WantsGradient ? problem.Coefficients[original] : 0;
            long first = table.First(anchor);
            double loss = -RankedDistances[anchor];
            for (int slot = 0; slot < classes.Positives(anchor); slot++)
            {
                long place = first + ((long)slot * table.Lanes);
                long within = Counts[place];
                active += within;
                loss += within * (problem.Scale.Apply(_squared[place]) + problem.Margin);
                long term = terms.Start[anchor] + slot;
                terms.Positive[term] = classes.ReferenceOrder[classes.PositiveAt(anchor, slot)];
                terms.PositiveWeight[term] = problem.IsZeroPair(original, terms.Positive[term])
                    ? 0
                    : (float)(coefficient * within * problem.Scale.Slope(_squared[place]));
            }

            problem.Sums[original] = Math.Max(loss, 0);
        }

        return active;
    }

    /// <summary>At most the largest float, which stands for what is no negative.</summary>
    private uint Reach(float squared) => Math.Min(BitConverter.SingleToUInt32Bits(float.MaxValue), problem.Scale switch
    {
        DistanceScale.Root => BatchAllRow<RootScale>.Reach(squared, problem.Margin),
        DistanceScale.HalfSquared => BatchAllRow<HalfSquaredScale>.Reach(squared, problem.Margin),
        _ => BatchAllRow<SquaredScale>.Reach(squared, problem.Margin),
    });
}
