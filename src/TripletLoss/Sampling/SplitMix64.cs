namespace TripletLoss;

/// <summary>
/// Steele, Lea and Flood's SplitMix64 (2014): the same numbers from the same key on every platform and .NET version, which
/// <see cref="Random"/> with a seed does not promise.
/// </summary>
internal struct SplitMix64
{
    // 2⁶⁴ over the golden ratio, odd.
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private ulong _state;

    /// <summary>The stream of a key; the streams of different keys have nothing to do with one another.</summary>
    public SplitMix64(long seed, long stream, long substream) =>
        _state = Mix(Mix(Mix((ulong)seed + Gamma) + (ulong)stream + Gamma) + (ulong)substream + Gamma);

    /// <summary>The next 64 random bits.</summary>
    public ulong Next() => Mix(_state += Gamma);

    /// <summary>The next number from 0 to <paramref name="bound"/> − 1, each equally likely.</summary>
    public int Next(int bound)
    {
        // Lemire's method: the high half of a product is uniform once the few low halves that would favour some numbers are drawn again.
        ulong high = Math.BigMul(Next(), (ulong)bound, out ulong low);
        if (low < (ulong)bound)
        {
            ulong unfair = (0 - (ulong)bound) % (ulong)bound;
            while (low < unfair)
                high = Math.BigMul(Next(), (ulong)bound, out low);
        }
        return (int)high;
    }

    /// <summary>Puts the items into random order (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    // Scatters: a permutation of all numbers.
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
