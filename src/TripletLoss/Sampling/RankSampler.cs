using System.Collections;
using System.Globalization;

namespace TripletLoss;

/// <summary>One rank's share of the batches of a <see cref="ClassBalancedSampler"/>: whole classes of every batch, in order. In rank order the shares make up the batch.</summary>
public sealed class RankSampler : IEnumerable<long>
{
    private readonly ClassBalancedSampler _sampler;
    private readonly int _first;

    internal RankSampler(ClassBalancedSampler sampler, int rank, int size)
    {
        if (size < 1 || size > sampler.ClassesPerBatch)
            throw new ArgumentOutOfRangeException(nameof(size), string.Create(CultureInfo.InvariantCulture, $"size must be 1 to {sampler.ClassesPerBatch} ranks, so that each has one of the classes of a batch, got {size}."));
        if (rank < 0 || rank >= size)
            throw new ArgumentOutOfRangeException(nameof(rank), string.Create(CultureInfo.InvariantCulture, $"rank must be 0 to {size - 1}, got {rank}."));
        _sampler = sampler;
        _first = First(rank);
        BatchSize = First(rank + 1) - _first;

        int First(int of) => (int)((long)sampler.ClassesPerBatch * of / size) * sampler.SamplesPerClass;
    }

    /// <summary>The number of this rank's samples in a batch. Ranks differ by one class where their number does not divide the classes of a batch.</summary>
    public int BatchSize { get; }

    /// <summary>The number of batches in an epoch: the whole sampler's.</summary>
    public int BatchesPerEpoch => _sampler.BatchesPerEpoch;

    /// <summary>Begins the next epoch of the sampler.</summary>
    /// <returns>The indices of this rank, one batch after another.</returns>
    public IEnumerator<long> GetEnumerator()
    {
        int place = 0;
        foreach (long index in _sampler)
        {
            if (place >= _first && place < _first + BatchSize)
                yield return index;
            place = (place + 1) % _sampler.BatchSize;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
