using System.Collections;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// Deals the indices of a data set so that every batch holds the same number of classes and of samples of each: the batches that triplet
/// losses need, since a pair of one class is what they learn from. The shuffler of TorchSharp's data loader.
/// </summary>
/// <remarks>
/// <para>
/// Every <see cref="BatchSize"/> consecutive indices hold exactly <see cref="ClassesPerBatch"/> classes, one after another, with
/// <see cref="SamplesPerClass"/> different samples each. An epoch has ⌊N / BatchSize⌋ batches of the N samples (at least one).
/// </para>
/// <para>
/// Classes are dealt like cards, and so are the members of each class: all are used before any comes again, in a new order each time. That
/// holds from the first epoch on and across epochs: what one epoch leaves in a deck, the next begins with. So at any time no class was in two batches
/// more than another, and no sample of a class was dealt twice more than another of that class. Classes of one size are seen completely, each sample once an epoch
/// but for the remainder. Otherwise balance is for classes, not for samples: with C classes a sample of a class of n comes up
/// BatchesPerEpoch · ClassesPerBatch · SamplesPerClass / (C · n) times an epoch on average, the rarer its class the more often.
/// </para>
/// <para>
/// Every call of <see cref="GetEnumerator"/> is the next epoch, also one made by <c>Count()</c> or <c>ToList()</c>; a data loader calls it once a loop.
/// The order follows from the seed and the number of the epoch alone, on every platform. Pass <c>drop_last: true</c> to the loader to make its own
/// <c>Count</c>, which knows the data set only, equal <see cref="BatchesPerEpoch"/>.
/// </para>
/// </remarks>
/// <example><code>
/// var sampler = new ClassBalancedSampler(labels: [7, 7, 8, 8, 9, 9], classesPerBatch: 2, samplesPerClass: 2, seed: 1);
/// // sampler.BatchSize is 4, sampler.BatchesPerEpoch is 1
/// using var loader = torch.utils.data.DataLoader(dataset, batchSize: sampler.BatchSize, shuffler: sampler);
/// </code></example>
public sealed class ClassBalancedSampler : IEnumerable<long>
{
    private readonly LabelClasses _classes;
    private readonly long _seed;
    private long _epoch;

    /// <summary>Makes a sampler of the samples that have these labels.</summary>
    /// <param name="labels">The label of each sample, in the order of the data set. Any numbers.</param>
    /// <param name="classesPerBatch">The number of classes in a batch, at least 1; two or more give negatives.</param>
    /// <param name="samplesPerClass">The number of samples of each, at least 1; two or more give positives.</param>
    /// <param name="seed">What the order follows from.</param>
    /// <param name="allowRepeats">
    /// Whether a class smaller than <paramref name="samplesPerClass"/> may fill its place by repeating samples (a pair of a sample with itself has distance 0).
    /// Without it such a class is an error.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="labels"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number below 1, or a batch of more than 2³¹ − 1 samples.</exception>
    /// <exception cref="ArgumentException">There are fewer classes than a batch takes, or a class is too small and may not repeat.</exception>
    public ClassBalancedSampler(long[] labels, int classesPerBatch, int samplesPerClass, long seed = 0, bool allowRepeats = false)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(classesPerBatch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samplesPerClass, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)classesPerBatch * samplesPerClass, int.MaxValue, nameof(samplesPerClass));
        (ClassesPerBatch, SamplesPerClass, _seed) = (classesPerBatch, samplesPerClass, seed);
        _classes = new LabelClasses(labels);
        BatchesPerEpoch = Math.Max(labels.Length / BatchSize, 1);
        BalanceRequirements.EnoughClasses(_classes, classesPerBatch);
        if (!allowRepeats)
            BalanceRequirements.EnoughSamples(_classes, samplesPerClass);
    }

    /// <summary>Makes a sampler of the samples that have these labels.</summary>
    /// <inheritdoc cref="ClassBalancedSampler(long[], int, int, long, bool)" path="/param|/exception"/>
    public ClassBalancedSampler(
        IEnumerable<long> labels, int classesPerBatch, int samplesPerClass, long seed = 0, bool allowRepeats = false)
        : this(labels?.ToArray()!, classesPerBatch, samplesPerClass, seed, allowRepeats)
    {
    }

    /// <summary>Makes a sampler of the samples that have these labels.</summary>
    /// <param name="labels">[N] or [N, 1], of any integer type, on any device; copied.</param>
    /// <param name="classesPerBatch">The number of classes in a batch, at least 1; two or more give negatives.</param>
    /// <param name="samplesPerClass">The number of samples of each, at least 1; two or more give positives.</param>
    /// <param name="seed">What the order follows from.</param>
    /// <param name="allowRepeats">Whether a class smaller than <paramref name="samplesPerClass"/> may repeat samples.</param>
    /// <exception cref="ArgumentException">The labels are not such a tensor; otherwise as for the other constructor.</exception>
    public ClassBalancedSampler(Tensor labels, int classesPerBatch, int samplesPerClass, long seed = 0, bool allowRepeats = false)
        : this(HostLabels.Of(labels, nameof(labels)), classesPerBatch, samplesPerClass, seed, allowRepeats)
    {
    }

    /// <summary>The number of classes in a batch.</summary>
    public int ClassesPerBatch { get; }

    /// <summary>The number of samples of each class in a batch.</summary>
    public int SamplesPerClass { get; }

    /// <summary>The number of samples in a batch: <see cref="ClassesPerBatch"/> · <see cref="SamplesPerClass"/>.</summary>
    public int BatchSize => ClassesPerBatch * SamplesPerClass;

    /// <summary>The number of batches in an epoch: ⌊N / BatchSize⌋, but 1 where repeats make a batch larger than the data set.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>
    /// How many epochs were begun, which is the number of the epoch that comes next, from 0. Save it after an epoch and set it in the run that resumes, on a
    /// sampler with the same arguments: that run goes on where the first one stopped.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative number, or one whose indices cannot be counted in 63 bits.</exception>
    public long Epoch
    {
        get => Interlocked.Read(ref _epoch);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Epoch));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, long.MaxValue / BatchSize / BatchesPerEpoch / 2, nameof(Epoch));
            Interlocked.Exchange(ref _epoch, value);
        }
    }

    /// <summary>Begins the next epoch.</summary>
    /// <returns>The indices of its batches, one batch after another.</returns>
    public IEnumerator<long> GetEnumerator() => Deal(Interlocked.Increment(ref _epoch) - 1);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerator<long> Deal(long epoch)
    {
        var dealer = new BatchDealer(_classes, ClassesPerBatch, SamplesPerClass, _seed, epoch * BatchesPerEpoch);
        int[] batch = new int[BatchSize];
        for (int i = 0; i < BatchesPerEpoch; i++)
        {
            dealer.DealNext(batch);
            foreach (int index in batch)
                yield return index;
        }
    }
}
