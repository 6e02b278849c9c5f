using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// In how many active triplets each distance of a row is, for batch-all: positives count up, negatives down. What is outside the range that reaches and negatives share
/// comes before or after all of the other kind, and is settled; the rest has to be sorted. First the positives are settled, then the negatives, then comes the sweep.
/// </summary>
/// <param name="mixed">The shared range.</param>
/// <param name="ranks">By column; that of the anchor's own copy is left as it was.</param>
internal unsafe ref struct RowRanks<TWidth, TVector>(BitRange mixed, int* ranks)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private readonly float _least = BitConverter.UInt32BitsToSingle(mixed.Least);
    private readonly float _greatest = BitConverter.UInt32BitsToSingle(mixed.Greatest);
    private int _reachingNone;
    private int _within;

    /// <summary>The active triplets.</summary>
    public long Active { get; private set; }

    /// <summary>Ranks the positives [from..to) whose reach is outside: a triplet with every negative, or with none.</summary>
    public void SettlePositives(float* reaches, int from, int to, int negatives)
    {
        var (above, below) = Settle(reaches, from, to, rankAbove: negatives, rankBelow: 0);
        _reachingNone += below;
        Active += (long)above * negatives;
    }

    /// <summary>Ranks the negatives [from..to) that are outside, when all positives are: a triplet with none, or with every positive that reaches any.</summary>
    public void SettleNegatives(float* row, int from, int to, int positives) =>
        _within += Settle(row, from, to, rankAbove: 0, rankBelow: _reachingNone - positives).Below;

    /// <summary>
    /// Ranks the others, when the rest is settled: positives are sorted by what they reach, negatives are marked, and one exactly at a reach, whose hinge is 0, comes after it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sweep(SortedRow sorted, int positives)
    {
        // In locals: what is written might be these fields, for all the compiler knows.
        ulong* entries = sorted.Entries;
        int* target = ranks;
        int count = sorted.Count, within = _within, beyond = positives - _reachingNone;
        long active = 0;
        for (int place = 0; place < count; place++)
        {
            ulong entry = entries[place];
            int negative = SortedRow.IsMarked(entry), ifPositive = negative - 1;
            beyond += ifPositive;
            active += within & ifPositive;
            target[SortedRow.Column(entry)] = ((within + beyond) & ifPositive) - beyond;
            within += negative;
        }

        Active += active;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly (int Above, int Below) Settle(float* keys, int from, int to, int rankAbove, int rankBelow)
    {
        int column = from;
        TVector least = TWidth.Broadcast(_least), greatest = TWidth.Broadcast(_greatest);
        TVector high = TWidth.BroadcastBits((uint)rankAbove), low = TWidth.BroadcastBits((uint)rankBelow);
        TVector aboves = TWidth.BroadcastBits(0), belows = aboves;
        for (; column + TWidth.Lanes <= to; column += TWidth.Lanes)
        {
            // A mask is −1: counting is a subtraction.
            TVector key = TWidth.Load(keys + column), isAbove = TWidth.Less(greatest, key), isBelow = TWidth.Less(key, least);
            aboves = TWidth.SubtractBits(aboves, isAbove);
            belows = TWidth.SubtractBits(belows, isBelow);
            TWidth.Store((float*)(ranks + column), TWidth.OrBits(TWidth.AndBits(high, isAbove), TWidth.AndBits(low, isBelow)));
        }

        int above = TWidth.SumBits(aboves), below = TWidth.SumBits(belows);
        for (; column < to; column++)
        {
            bool farther = keys[column] > _greatest, nearer = keys[column] < _least;
            above += farther ? 1 : 0;
            below += nearer ? 1 : 0;
            ranks[column] = farther ? rankAbove : nearer ? rankBelow : 0;
        }

        return (above, below);
    }
}
