using System.Collections;
using static TorchSharp.torch;

namespace TripletLoss;

public sealed partial class ClassBalancedSampler
{
    /// <summary>The number of batches in an epoch, at least 1.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>
    /// How many epochs have begun, which is the number of the next epoch, from 0. Save it after an epoch and set it in the run that resumes, on a
    /// sampler with the same arguments: that run continues where the first one stopped.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number, or one whose indices cannot be counted in 63 bits.</exception>
    public long Epoch
    {
        get => Interlocked.Read(ref _epoch);
        set
        {
            CountArgument.AtLeast(0, value, nameof(Epoch));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, long.MaxValue / BatchSize / BatchesPerEpoch / 2, nameof(Epoch));
            Interlocked.Exchange(ref _epoch, value);
        }
    }

    /// <summary>The data set with as many samples as an epoch takes of it, so that a data loader's <c>Count</c> is <see cref="BatchesPerEpoch"/>.</summary>
    /// <param name="dataset">The data set that the labels belong to, in their order; disposed with the returned one.</param>
    /// <returns>A data set with the same samples under the same indices, to be used with this sampler only.</returns>
    /// <exception cref="ArgumentException">It has another number of samples than there are labels.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="dataset"/> is null.</exception>
    public utils.data.Dataset EpochOf(utils.data.Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return new EpochDataset(dataset, SamplesPerEpochOf(dataset.Count));
    }

    /// <inheritdoc cref="EpochOf(utils.data.Dataset)"/>
    public utils.data.IterableDataset EpochOf(utils.data.IterableDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return new EpochIterableDataset(dataset, SamplesPerEpochOf(dataset.Count));
    }

    /// <summary>Begins the next epoch.</summary>
    /// <returns>The indices of its batches, one batch after another.</returns>
    public IEnumerator<long> GetEnumerator() => Deal(Interlocked.Increment(ref _epoch) - 1);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private long SamplesPerEpochOf(long count) => count == _sampleCount
        ? (long)BatchesPerEpoch * BatchSize
        : throw new ArgumentException($"dataset must have a sample for each of the {_sampleCount} labels, got {count}.", "dataset");

    private IEnumerator<long> Deal(long epoch)
    {
        IBatchDealer dealer = Coverage == EpochCoverage.EachOnce
            ? new EachOnceDealer(_classes, _shape, BatchesPerEpoch, _seed, epoch)
            : new BatchDealer(_classes, _shape, _seed, epoch * BatchesPerEpoch);
        int[] batch = new int[BatchSize];
        for (int i = 0; i < BatchesPerEpoch; i++)
        {
            dealer.DealNext(batch);
            foreach (int index in batch)
                yield return index;
        }
    }
}
