using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>From the least to the greatest of some distances, by their bits, which order as they do.</summary>
internal readonly record struct BitRange(uint Least, uint Greatest)
{
    /// <summary>The range of no distance.</summary>
    public static BitRange Nothing => new(uint.MaxValue, 0);

    public bool IsEmpty => Least > Greatest;

    /// <summary>What both have.</summary>
    public BitRange And(BitRange other) => new(Math.Max(Least, other.Least), Math.Min(Greatest, other.Greatest));

    /// <summary>This one and distances[from..to).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe BitRange With<TWidth, TVector>(float* distances, int from, int to)
        where TWidth : struct, IVectorWidth<TVector>
        where TVector : struct
    {
        uint least = Least, greatest = Greatest;
        int column = from;
        if (column + TWidth.Lanes <= to)
        {
            // The greatest is the least of the flipped bits.
            TVector ones = TWidth.BroadcastBits(uint.MaxValue), lowest = ones, highest = ones;
            for (; column + TWidth.Lanes <= to; column += TWidth.Lanes)
            {
                TVector values = TWidth.Load(distances + column);
                lowest = TWidth.MinBits(lowest, values);
                highest = TWidth.MinBits(highest, TWidth.XorBits(values, ones));
            }

            least = Math.Min(least, TWidth.LeastBits(lowest));
            greatest = Math.Max(greatest, ~TWidth.LeastBits(highest));
        }

        for (; column < to; column++)
        {
            uint bits = ((uint*)distances)[column];
            (least, greatest) = (Math.Min(least, bits), Math.Max(greatest, bits));
        }

        return new(least, greatest);
    }
}
