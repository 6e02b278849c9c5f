using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>From chosen triplets to per-anchor losses and to the weights of the gradient, in double precision.</summary>
internal sealed unsafe class HingeLosses<TWidth, TVector>(SimdProblem problem, ClassIndex classes, TripletTerms terms, WorkCrew crew)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private const int AnchorsPerChunk = 64;

    /// <summary>Writes the losses and weights; returns how many hinges are above 0.</summary>
    public long Run()
    {
        int chunks = (classes.AnchorCount + AnchorsPerChunk - 1) / AnchorsPerChunk;
        long active = 0;
        crew.Run(chunks, (worker, chunk) =>
        {
            int end = Math.Min((chunk + 1) * AnchorsPerChunk, classes.AnchorCount);
            long count = 0;
            for (int anchor = chunk * AnchorsPerChunk; anchor < end; anchor++)
                count += Visit(anchor, worker);
            Interlocked.Add(ref active, count);
        });
        return active;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Visit(int anchor, int worker)
    {
        int original = classes.AnchorOrder[anchor];
        double coefficient = problem.Coefficients == null ? 0 : problem.Coefficients[original];
        double sum = 0;
        long active = 0;
        ChoiceBuffer? choices = problem.Choices?.Begin(worker, (int)(terms.Start[anchor + 1] - terms.Start[anchor]));
        for (long term = terms.Start[anchor]; term < terms.Start[anchor + 1]; term++)
        {
            if (terms.Negative[term] < 0 && choices is null)
                continue;
            double positive = Squared(original, terms.Positive[term]);
            double negative = Squared(original, terms.Negative[term]);
            double near = problem.Scale.Apply(positive), far = problem.Scale.Apply(negative);
            choices?.Record(
                (int)(term - terms.Start[anchor]), original, terms.Positive[term], terms.Negative[term], terms.FellBack[term],
                near, far);
            if (terms.Negative[term] < 0)
                continue;
            double difference = near - far;
            double hinge = problem.Soft ? Softplus(difference / problem.Unit) * problem.Unit : Math.Max(difference + problem.Margin, 0);
            sum += hinge;
            if (!(hinge > 0))
                continue;
            active++;
            double weight = coefficient * (problem.Soft ? Sigmoid(difference / problem.Unit) : 1);
            terms.PositiveWeight[term] = Weight(weight, original, terms.Positive[term], positive);
            terms.NegativeWeight[term] = Weight(-weight, original, terms.Negative[term], negative);
        }

        problem.Sums[original] = sum;
        return active;
    }

    private double Squared(int anchor, int reference) => reference < 0 ? 0 : PairDistance<TWidth, TVector>.Squared(problem, anchor, reference);

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
