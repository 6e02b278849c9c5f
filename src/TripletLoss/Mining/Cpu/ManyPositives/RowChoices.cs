using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TripletLoss;

/// <summary>What semi-hard chose in one anchor's row, in the order of its positives: the negatives' columns, and the bits of the squared distances.</summary>
internal sealed unsafe class RowChoices(ClassIndex classes, NativeArena arena)
{
    /// <summary>So many may be read behind the last one.</summary>
    public static readonly int Padding = Vector256<float>.Count;

    public uint* PositiveBits { get; } = arena.Allocate<uint>(classes.MaximumPositives + Padding);

    public int* Negatives { get; } = arena.Allocate<int>(classes.MaximumPositives + Padding);

    public uint* NegativeBits { get; } = arena.Allocate<uint>(classes.MaximumPositives + Padding);

    /// <summary>The anchor's sorted position.</summary>
    public int Anchor { get; private set; }

    public int Count { get; private set; }

    /// <summary>Begins an anchor, with the distances of its row.</summary>
    public void Begin(int anchor, uint* row)
    {
        (Anchor, Count) = (anchor, classes.Positives(anchor));
        classes.CopyPositives(anchor, row, PositiveBits);
    }

    /// <summary>Sums the hinges and adds the weights of their distances to a row of zeros.</summary>
    public long Weigh<TScale>(double margin, double coefficient, float* weights, out double loss)
        where TScale : struct, IDistanceScale
    {
        int before = classes.PositivesBefore(Anchor);
        loss = 0;
        return Weigh<TScale>(0, before, weights + classes.Start[Anchor], margin, coefficient, weights, ref loss)
            + Weigh<TScale>(before, Count, weights + classes.End[Anchor] - Count, margin, coefficient, weights, ref loss);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Weigh<TScale>(int from, int to, float* ownWeights, double margin, double coefficient, float* weights, ref double loss)
        where TScale : struct, IDistanceScale
    {
        int* negatives = Negatives;
        long active = 0;
        float* shares = stackalloc float[Vector256<float>.Count];
        Vector256<double> sum = default, factor = Vector256.Create(coefficient), reach = Vector256.Create(margin);
        int slot = from;
        for (; slot + Vector256<float>.Count <= to; slot += Vector256<float>.Count)
        {
            (Vector256<double> near0, Vector256<double> near1) = Vector256.Widen(Vector256.Load((float*)PositiveBits + slot));
            (Vector256<double> far0, Vector256<double> far1) = Vector256.Widen(Vector256.Load((float*)NegativeBits + slot));
            Vector256<double> hinge0 = TScale.Apply(near0) - TScale.Apply(far0) + reach, hinge1 = TScale.Apply(near1) - TScale.Apply(far1) + reach;
            Vector256<double> active0 = Vector256.GreaterThan(hinge0, default), active1 = Vector256.GreaterThan(hinge1, default);
            active += BitOperations.PopCount(active0.ExtractMostSignificantBits()) + BitOperations.PopCount(active1.ExtractMostSignificantBits());
            sum += (hinge0 & active0) + (hinge1 & active1);
            Vector256.Narrow(factor * TScale.Slope(near0) & active0, factor * TScale.Slope(near1) & active1).Store(ownWeights + slot);
            Vector256.Narrow(factor * TScale.Slope(far0) & active0, factor * TScale.Slope(far1) & active1).Store(shares);
            for (int i = 0; i < Vector256<float>.Count; i++)
                weights[negatives[slot + i]] -= shares[i];
        }

        loss += Vector256.Sum(sum);
        for (; slot < to; slot++)
        {
            double own = BitConverter.UInt32BitsToSingle(PositiveBits[slot]);
            double other = BitConverter.UInt32BitsToSingle(NegativeBits[slot]);
            double hinge = TScale.Apply(own) - TScale.Apply(other) + margin;
            if (!(hinge > 0))
                continue;
            active++;
            loss += hinge;
            ownWeights[slot] = (float)(coefficient * TScale.Slope(own));
            weights[negatives[slot]] -= (float)(coefficient * TScale.Slope(other));
        }

        return active;
    }
}
