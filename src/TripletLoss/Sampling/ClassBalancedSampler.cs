using System.Globalization;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// Orders the indices of a data set so that every batch holds the same number of classes, and of samples of each: the batches that triplet
/// losses need, since they learn from pairs of one class. A shuffler for TorchSharp's data loader.
/// </summary>
/// <remarks>
/// <para>
/// Every <see cref="BatchSize"/> consecutive indices hold exactly <see cref="ClassesPerBatch"/> classes, one after another, with
/// <see cref="SamplesPerClass"/> different samples each (unless small classes repeat theirs). An epoch has whole batches only.
/// </para>
/// <para>
/// <see cref="EpochCoverage.Balanced"/>, the default: an epoch has ⌊N / BatchSize⌋ batches of the N samples (at least one). Classes are dealt like cards, and so are the members of each
/// class: all are used before any comes again, in a new order each time. That holds across epochs too: what one epoch leaves in a deck, the next begins with. So at any
/// time no class has been in two batches more than another, and no sample of a class has been dealt twice more than another of that class. Classes of one size are seen completely, each sample once per
/// epoch except for the remainder. Otherwise classes are balanced, not samples: with C classes a sample of a class of n comes up BatchesPerEpoch · ClassesPerBatch · SamplesPerClass / (C · n)
/// times per epoch on average, more often the rarer its class.
/// </para>
/// <para>
/// <see cref="EpochCoverage.EachOnce"/>: no sample comes twice in an epoch, and an epoch has as many batches as that allows. What is left out is drawn again for each epoch: of every class
/// the remainder of its size divided by <see cref="SamplesPerClass"/>, and of a class so large that it would fill batches alone, the samples for which there are no other classes.
/// </para>
/// <para>
/// Every call of <see cref="GetEnumerator"/> is the next epoch, also one made by <c>Count()</c> or <c>ToList()</c>; a data loader calls it once per loop.
/// The order follows from the seed and the number of the epoch alone, on every platform. A loader's <c>Count</c> follows from its data set: give it
/// <see cref="EpochOf(utils.data.Dataset)"/>, and it equals <see cref="BatchesPerEpoch"/>.
/// </para>
/// </remarks>
/// <example><code>
/// var sampler = new ClassBalancedSampler(labels: [7, 7, 8, 8, 9, 9], classesPerBatch: 2, samplesPerClass: 2, seed: 1);
/// // sampler.BatchSize is 4, sampler.BatchesPerEpoch is 1
/// using var loader = torch.utils.data.DataLoader(dataset, batchSize: sampler.BatchSize, shuffler: sampler);
/// </code></example>
public sealed partial class ClassBalancedSampler : IEnumerable<long>
{
    private readonly LabelClasses _classes;
    private readonly BatchShape _shape;
    private readonly int _sampleCount;
    private readonly long _seed;
    private long _epoch;

    /// <summary>Makes a sampler of the samples that have these labels.</summary>
    /// <param name="labels">The label of each sample, in the order of the data set. Any numbers.</param>
    /// <param name="classesPerBatch">The number of classes in a batch, at least 1; two or more give negatives.</param>
    /// <param name="samplesPerClass">The number of samples of each, at least 1; two or more give positives.</param>
    /// <param name="seed">What the order follows from; 0 by default.</param>
    /// <param name="smallClasses">What to do about classes of fewer than <paramref name="samplesPerClass"/> samples; refused by default.</param>
    /// <param name="coverage">Whether an epoch is balanced by class (the default) or holds each sample at most once.</param>
    /// <exception cref="ArgumentNullException"><paramref name="labels"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number below 1, a batch of more than 2³¹ − 1 samples, or an unknown value of an enumeration.</exception>
    /// <exception cref="ArgumentException">
    /// There are fewer classes than a batch takes; a class is too small and is refused; or samples are to be repeated and to come at most once.
    /// </exception>
    public ClassBalancedSampler(
        long[] labels,
        int classesPerBatch,
        int samplesPerClass,
        long seed = 0,
        SmallClasses smallClasses = SmallClasses.Refuse,
        EpochCoverage coverage = EpochCoverage.Balanced)
        : this(labels, classesPerBatch, samplesPerClass, seed, smallClasses, coverage, label => label.ToString(CultureInfo.InvariantCulture))
    {
    }

    /// <summary>Makes a sampler of the samples that have these labels.</summary>
    /// <inheritdoc cref="ClassBalancedSampler(long[], int, int, long, TripletLoss.SmallClasses, EpochCoverage)" path="/param|/exception"/>
    public ClassBalancedSampler(
        IEnumerable<long> labels,
        int classesPerBatch,
        int samplesPerClass,
        long seed = 0,
        SmallClasses smallClasses = SmallClasses.Refuse,
        EpochCoverage coverage = EpochCoverage.Balanced)
        : this(labels?.ToArray()!, classesPerBatch, samplesPerClass, seed, smallClasses, coverage)
    {
    }

    /// <summary>Makes a sampler of the samples that have these labels.</summary>
    /// <param name="labels">[N] or [N, 1], of any integer type, on any device; copied.</param>
    /// <param name="classesPerBatch">The number of classes in a batch, at least 1; two or more give negatives.</param>
    /// <param name="samplesPerClass">The number of samples of each, at least 1; two or more give positives.</param>
    /// <param name="seed">What the order follows from; 0 by default.</param>
    /// <param name="smallClasses">What to do about classes of fewer than <paramref name="samplesPerClass"/> samples; refused by default.</param>
    /// <param name="coverage">Whether an epoch is balanced by class (the default) or holds each sample at most once.</param>
    /// <exception cref="ArgumentException">The labels are not such a tensor; otherwise as for the other constructors.</exception>
    public ClassBalancedSampler(
        Tensor labels,
        int classesPerBatch,
        int samplesPerClass,
        long seed = 0,
        SmallClasses smallClasses = SmallClasses.Refuse,
        EpochCoverage coverage = EpochCoverage.Balanced)
        : this(HostLabels.Of(labels, nameof(labels)), classesPerBatch, samplesPerClass, seed, smallClasses, coverage)
    {
    }

    private ClassBalancedSampler(
        long[] labels, int classesPerBatch, int samplesPerClass, long seed, SmallClasses smallClasses, EpochCoverage coverage, Func<long, string> nameOf)
    {
        ArgumentNullException.ThrowIfNull(labels);
        _shape = BatchShape.Checked(classesPerBatch, samplesPerClass);
        RequireKnown(smallClasses, coverage);
        (_sampleCount, _seed, SmallClasses, Coverage) = (labels.Length, seed, smallClasses, coverage);
        _classes = BalanceRequirements.Dealable(new LabelClasses(labels), _shape, smallClasses, nameOf);
        BatchesPerEpoch = coverage == EpochCoverage.EachOnce ? EachOnceDealer.MostBatches(_classes, _shape) : Math.Max(_classes.SampleCount / BatchSize, 1);
    }

    /// <summary>The number of classes in a batch.</summary>
    public int ClassesPerBatch => _shape.Classes;

    /// <summary>The number of samples of each class in a batch.</summary>
    public int SamplesPerClass => _shape.Samples;

    /// <summary>The number of samples in a batch: <see cref="ClassesPerBatch"/> · <see cref="SamplesPerClass"/>.</summary>
    public int BatchSize => _shape.Size;

    /// <summary>What happens to classes of fewer than <see cref="SamplesPerClass"/> samples.</summary>
    public SmallClasses SmallClasses { get; }

    /// <summary>Which samples an epoch holds.</summary>
    public EpochCoverage Coverage { get; }

    /// <summary>One rank's share of every batch, for training over several processes: whole classes, the same number on every rank or one more.</summary>
    /// <remarks>Every rank makes its own sampler, with the same arguments; the share begins its epochs.</remarks>
    /// <param name="rank">The rank, from 0.</param>
    /// <param name="size">How many ranks there are, at most <see cref="ClassesPerBatch"/>.</param>
    /// <returns>A shuffler for the rank's data loader.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank, or there are more ranks than classes in a batch.</exception>
    /// <example><code>
    /// var share = new ClassBalancedSampler(labels, classesPerBatch: 4, samplesPerClass: 4, seed: 1).ForRank(rank: 1, size: 2);
    /// // share.BatchSize is 8: two of the four classes of every batch
    /// using var loader = utils.data.DataLoader(dataset, batchSize: share.BatchSize, shuffler: share);
    /// </code></example>
    public RankSampler ForRank(int rank, int size) => new(this, rank, size);

    private static void RequireKnown(SmallClasses smallClasses, EpochCoverage coverage)
    {
        if (!Enum.IsDefined(smallClasses))
            throw new ArgumentOutOfRangeException(nameof(smallClasses), string.Create(CultureInfo.InvariantCulture, $"smallClasses must be Refuse, Repeat or Skip, got {(int)smallClasses}."));
        if (!Enum.IsDefined(coverage))
            throw new ArgumentOutOfRangeException(nameof(coverage), string.Create(CultureInfo.InvariantCulture, $"coverage must be Balanced or EachOnce, got {(int)coverage}."));
        if (smallClasses == SmallClasses.Repeat && coverage == EpochCoverage.EachOnce)
            throw new ArgumentException("smallClasses must be Refuse or Skip where coverage is EachOnce, got Repeat: no sample may come twice.", nameof(smallClasses));
    }
}
