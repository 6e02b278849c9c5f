using System.Globalization;

namespace TripletLoss;

public sealed partial class ClassBalancedSampler
{
    /// <summary>Makes a sampler of samples whose labels are of any type: strings, enumerations, tuples.</summary>
    /// <typeparam name="T">The type of the labels.</typeparam>
    /// <param name="labels">The label of each sample, in the order of the data set; none is null.</param>
    /// <param name="classesPerBatch">The number of classes in a batch, at least 1; two or more give negatives.</param>
    /// <param name="samplesPerClass">The number of samples of each, at least 1; two or more give positives.</param>
    /// <param name="seed">What the order follows from, together with which labels come first; 0 by default.</param>
    /// <param name="smallClasses">What to do about classes of fewer than <paramref name="samplesPerClass"/> samples; refused by default.</param>
    /// <param name="coverage">Whether an epoch is balanced by class (the default) or holds each sample at most once.</param>
    /// <param name="comparer">When two labels are the same; null (the default): by the type's own equality.</param>
    /// <returns>The sampler.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="labels"/> is null.</exception>
    /// <exception cref="ArgumentException">A label is null; otherwise as for the constructors.</exception>
    /// <example><code>
    /// var sampler = ClassBalancedSampler.Of(["cat", "cat", "dog", "dog", "fox"], classesPerBatch: 2, samplesPerClass: 2, smallClasses: SmallClasses.Skip);
    /// </code></example>
    public static ClassBalancedSampler Of<T>(
        IEnumerable<T> labels,
        int classesPerBatch,
        int samplesPerClass,
        long seed = 0,
        SmallClasses smallClasses = SmallClasses.Refuse,
        EpochCoverage coverage = EpochCoverage.Balanced,
        IEqualityComparer<T>? comparer = null)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(labels);
        var numbers = new Dictionary<T, long>(comparer);
        var (names, ofEach) = (new List<T>(), new List<long>());
        foreach (var label in labels)
        {
            if (label is null)
                throw new ArgumentException($"labels must not be null, got null at index {ofEach.Count}.", nameof(labels));
            if (numbers.TryAdd(label, names.Count))
                names.Add(label);
            ofEach.Add(numbers[label]);
        }
        string NameOf(long number) => Convert.ToString(names[(int)number], CultureInfo.InvariantCulture) ?? "";
        return new ClassBalancedSampler([.. ofEach], classesPerBatch, samplesPerClass, seed, smallClasses, coverage, NameOf);
    }
}
