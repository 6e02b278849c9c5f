using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The numbers below a size in a random order: a new one each time, the same each time when there is a seed.</summary>
public class FisherYatesShuffler : IEnumerable<long>
{
    private readonly long _size;
    private readonly int? _seed;

    public FisherYatesShuffler(long size, int? seed = null)
    {
        _size = size;
        _seed = seed;
    }

    public IEnumerator<long> GetEnumerator()
    {
        var random = _seed is int seed ? new Random(seed) : new Random();
        var order = new List<long>();
        for (long i = 0; i < _size; i++)
        {
            // The new number takes some place, and what stood there goes to the end. TorchSharp draws the place so: a seed gives its order.
            long place = unchecked(((long)random.Next() << 32) + (uint)random.Next()) % (i + 1);
            order.Add(i);
            (order[(int)i], order[(int)place]) = (order[(int)place], i);
        }
        return order.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
