using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>From chosen triplets to per-anchor losses and to the weights of the gradient, in double precision.</summary>
internal sealed unsafe class HingeLosses<TWidth, TVector>(SimdProblem problem, ClassIndex classes, TripletTerms terms, WorkCrew crew)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private const int AnchorsPerChunk = 64;

    // Distances are computed on the stack, so many terms at a time.
    private const int Batch = 32;

    /// <summary>Writes the losses and weights; returns how many hinges are above 0.</summary>
    /// <param name="readOff">Writes the terms of an anchor; null: they are written.</param>
    public long Run(Action<int>? readOff)
    {
        int chunks = (classes.AnchorCount + AnchorsPerChunk - 1) / AnchorsPerChunk;
        long active = 0;
        crew.Run(chunks, (worker, chunk) =>
        {
            int end = Math.Min((chunk + 1) * AnchorsPerChunk, classes.AnchorCount);
            long count = 0;
            for (int anchor = chunk * AnchorsPerChunk; anchor < end; anchor++)
            {
                readOff?.Invoke(anchor);
                count += Visit(anchor, worker);
            }

            Interlocked.Add(ref active, count);
        });
        return active;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Visit(int anchor, int worker)
    {
        int original = classes.AnchorOrder[anchor];
        double sum = 0;
        long active = 0, first = terms.Start[anchor], end = terms.Start[anchor + 1];
        ChoiceBuffer? choices = problem.Choices?.Begin(worker, (int)(end - first));
        Span<double> positives = stackalloc double[Batch], negatives = stackalloc double[Batch];
        for (long start = first; start < end; start += Batch)
        {
            int count = (int)Math.Min(Batch, end - start);
            PairDistance<TWidth, TVector>.Squared(problem, original, new(terms.Positive + start, count), positives);
            PairDistance<TWidth, TVector>.Squared(problem, original, new(terms.Negative + start, count), negatives);
            for (int i = 0; i < count; i++)
                active += Visit(original, start + i, (int)(start + i - first), positives[i], negatives[i], choices, ref sum);
        }

        problem.Sums[original] = sum;
        return active;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Visit(int original, long term, int place, double positive, double negative, ChoiceBuffer? choices, ref double sum)
    {
        double near = problem.Scale.Apply(positive), far = problem.Scale.Apply(negative);
        choices?.Record(place, original, terms.Positive[term], terms.Negative[term], terms.FellBack[term], near, far);
        if (terms.Negative[term] < 0)
            return 0;
        double difference = near - far;
        double hinge = problem.Soft ? Softplus(difference / problem.Unit) * problem.Unit : Math.Max(difference + problem.Margin, 0);
        sum += hinge;
        if (!(hinge > 0))
            return 0;
        double weight = (problem.Coefficients == null ? 0 : problem.Coefficients[original]) * (problem.Soft ? Sigmoid(difference / problem.Unit) : 1);
        terms.PositiveWeight[term] = Weight(weight, original, terms.Positive[term], positive);
        terms.NegativeWeight[term] = Weight(-weight, original, terms.Negative[term], negative);
        return 1;
    }

    private float Weight(double weight, int anchor, int reference, double squared) =>
        reference < 0 || problem.IsZeroPair(anchor, reference) ? 0 : (float)(weight * problem.Scale.Slope(squared));

    // Never log(1 + exp(x)), which overflows, and not log(1 + small) either: far out it would be 0, which stands for "no gradient".
    private static double Softplus(double x)
    {
        double small = Math.Exp(-Math.Abs(x));
        return Math.Max(x, 0) + (small < 1e-5 ? small - (small * small / 2) : Math.Log(1 + small));
    }

    private static double Sigmoid(double x) =>
        x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));
}
