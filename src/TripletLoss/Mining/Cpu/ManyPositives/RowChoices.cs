using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>What semi-hard chose in one anchor's row, pair by pair: columns and the bits of the squared distances.</summary>
internal sealed unsafe class RowChoices(int capacity, NativeArena arena)
{
    public int* Positives { get; } = arena.Allocate<int>(capacity);

    public int* Negatives { get; } = arena.Allocate<int>(capacity);

    public uint* PositiveBits { get; } = arena.Allocate<uint>(capacity);

    public uint* NegativeBits { get; } = arena.Allocate<uint>(capacity);

    public int Count { get; set; }

    /// <summary>Sums the hinges and adds the weights of their distances to a row of zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Weigh<TScale>(double margin, double coefficient, float* weights, out double loss)
        where TScale : struct, IDistanceScale
    {
        int* positives = Positives, negatives = Negatives;
        uint* positiveBits = PositiveBits, negativeBits = NegativeBits;
        int count = Count;
        double sum = 0;
        long active = 0;
        for (int i = 0; i < count; i++)
        {
            double own = BitConverter.UInt32BitsToSingle(positiveBits[i]);
            double other = BitConverter.UInt32BitsToSingle(negativeBits[i]);
            double hinge = TScale.Apply(own) - TScale.Apply(other) + margin;
            if (!(hinge > 0))
                continue;
            active++;
            sum += hinge;
            weights[positives[i]] = (float)(coefficient * TScale.Slope(own));
            weights[negatives[i]] -= (float)(coefficient * TScale.Slope(other));
        }

        loss = sum;
        return active;
    }
}
