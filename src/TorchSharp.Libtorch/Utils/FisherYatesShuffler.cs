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
        // Only what was swapped is stored.
        var moved = new Dictionary<long, long>();
        for (long i = 0; i < _size; i++)
        {
            long j = random.NextInt64(i, _size);
            long at = moved.GetValueOrDefault(j, j);
            moved[j] = moved.GetValueOrDefault(i, i);
            moved.Remove(i);
            yield return at;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
