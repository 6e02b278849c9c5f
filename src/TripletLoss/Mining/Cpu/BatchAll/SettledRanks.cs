using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TripletLoss;

/// <summary>
/// Batch-all's distances of a row outside the range that reaches and negatives share: they come before or after all of the other kind, and so weigh all alike or nothing.
/// </summary>
/// <param name="mixed">The shared range.</param>
internal unsafe ref struct SettledRanks<TScale>(BitRange mixed)
    where TScale : struct, IDistanceScale
{
    private readonly float _least = BitConverter.UInt32BitsToSingle(mixed.Least);
    private readonly float _greatest = BitConverter.UInt32BitsToSingle(mixed.Greatest);

    /// <summary>How many reaches are above the range: such a positive is in a triplet with every negative.</summary>
    public int ReachingAll { get; private set; }

    /// <summary>The sum of the distances of these positives.</summary>
    public double ReachingSum { get; private set; }

    /// <summary>How many reaches are below it: no negative is within them.</summary>
    public int ReachingNone { get; private set; }

    /// <summary>How many negatives are below it, within every reach that is not.</summary>
    public int WithinAll { get; private set; }

    /// <summary>The sum of the distances of these negatives.</summary>
    public double WithinSum { get; private set; }

    /// <summary>Turns positives [from..to) into weights, except those that the range has.</summary>
    public void TakePositives(float* reaches, float* row, int from, int to, double weight)
    {
        var (all, none, sum) = Take(reaches, row, from, to, above: true, weight);
        (ReachingAll, ReachingNone, ReachingSum) = (ReachingAll + all, ReachingNone + none, ReachingSum + sum);
    }

    /// <summary>Turns negatives [from..to) into weights, except those that the range has.</summary>
    public void TakeNegatives(float* row, int from, int to, double weight)
    {
        var (all, _, sum) = Take(row, row, from, to, above: false, weight);
        (WithinAll, WithinSum) = (WithinAll + all, WithinSum + sum);
    }

    // Those on one side weigh something, those on the other nothing.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly (int Weighing, int Others, double Sum) Take(float* keys, float* row, int from, int to, bool above, double weight)
    {
        int weighing = 0, others = 0, column = from;
        Vector256<float> least = Vector256.Create(_least), greatest = Vector256.Create(_greatest);
        Vector256<double> total = default, factor = Vector256.Create(weight);
        for (; column + Vector256<float>.Count <= to; column += Vector256<float>.Count)
        {
            Vector256<float> key = Vector256.Load(keys + column), squared = Vector256.Load(row + column);
            Vector256<float> low = Vector256.LessThan(key, least), high = Vector256.GreaterThan(key, greatest);
            Vector256<float> taken = above ? high : low;
            weighing += BitOperations.PopCount(taken.ExtractMostSignificantBits());
            others += BitOperations.PopCount((above ? low : high).ExtractMostSignificantBits());
            (Vector256<double> first, Vector256<double> second) = Vector256.Widen(squared & taken);
            total += TScale.Apply(first) + TScale.Apply(second);
            Vector256<float> weights = Vector256.Narrow(factor * TScale.Slope(first), factor * TScale.Slope(second));
            Vector256.ConditionalSelect(low | high, weights & taken, squared).Store(row + column);
        }

        double sum = Vector256.Sum(total);
        for (; column < to; column++)
        {
            bool low = keys[column] < _least, high = keys[column] > _greatest;
            if (above ? high : low)
            {
                weighing++;
                sum += TScale.Apply(row[column]);
                row[column] = (float)(weight * TScale.Slope(row[column]));
            }
            else if (low || high)
            {
                others++;
                row[column] = 0;
            }
        }

        return (weighing, others, sum);
    }
}
