using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>From chosen triplets to per-anchor losses and to the weights of the gradient, in double precision.</summary>
internal sealed unsafe class HingeLosses<TWidth, TVector>(SimdProblem problem, ClassIndex classes, TripletTerms terms, WorkCrew crew)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // Distances are computed on the stack, so many terms at a time.
    private const int Batch = 32;

    /// <summary>Writes the losses and weights; returns how many hinges are above 0.</summary>
    /// <param name="readOff">Writes the terms of an anchor; null: they are written.</param>
    public long Run(Action<int>? readOff)
    {
        long active = 0;
        crew.Run((classes.AnchorCount + ChunkPairs.Edge - 1) / ChunkPairs.Edge, (worker, chunk) =>
        {
            double* distances = stackalloc double[ChunkPairs.Edge * ChunkPairs.Edge];
            int from = chunk * ChunkPairs.Edge, end = Math.Min(from + ChunkPairs.Edge, classes.AnchorCount);
            ChunkPairs pairs = new(distances, from, end);
            long count = 0;
            for (int anchor = from; anchor < end; anchor++)
            {
                readOff?.Invoke(anchor);
                count += Visit(anchor, pairs, worker);
            }

            Interlocked.Add(ref active, count);
        });
        return active;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long Visit(int anchor, ChunkPairs pairs, int worker)
    {
        int original = classes.AnchorOrder[anchor], start = classes.Start[anchor];
        double sum = 0;
        long active = 0, first = terms.Start[anchor];
        int count = (int)(terms.Start[anchor + 1] - first);
        (int measuredFrom, int measuredTo) = terms.AreAllPairs ? pairs.Measured(anchor, start) : (0, 0);
        ChoiceBuffer? choices = problem.Choices?.Begin(worker, count);
        Span<int> references = stackalloc int[2 * Batch];
        Span<double> computed = stackalloc double[2 * Batch], near = stackalloc double[Batch];
        for (int slot = 0; slot < count; slot += Batch)
        {
            int size = Math.Min(Batch, count - slot), before = Math.Clamp(measuredFrom - slot, 0, size), after = Math.Clamp(measuredTo - slot, before, size);
            int positives = size - after + before;
            int* positive = terms.Positive + first + slot;
            new Span<int>(positive, before).CopyTo(references);
            new Span<int>(positive + after, size - after).CopyTo(references[before..]);
            new Span<int>(terms.Negative + first + slot, size).CopyTo(references[positives..]);
            PairDistance<TWidth, TVector>.Squared(problem, original, references[..(positives + size)], computed);
            computed[..before].CopyTo(near);
            computed[before..positives].CopyTo(near[after..]);
            if (terms.AreAllPairs)
            {
                pairs.Read(anchor, start + slot + before, near[before..after]);
                // After the anchor itself.
                pairs.Write(anchor, start + slot + after + 1, near[after..size]);
            }

            ReadOnlySpan<double> far = computed[positives..(positives + size)];
            active += problem.Scale switch
            {
                DistanceScale.Root => Weigh<RootScale>(original, first, slot, near, far, choices, ref sum),
                DistanceScale.HalfSquared => Weigh<HalfSquaredScale>(original, first, slot, near, far, choices, ref sum),
                _ => Weigh<SquaredScale>(original, first, slot, near, far, choices, ref sum),
            };
        }

        if (terms.AreAllPairs)
            terms.LookAtPositives(anchor);
        problem.Sums[original] = sum;
        return active;
    }

    // Some terms of an anchor, from a slot on, by the squared distances of their pairs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Weigh<TScale>(int original, long first, int slot, ReadOnlySpan<double> near, ReadOnlySpan<double> far, ChoiceBuffer? choices, ref double sum)
        where TScale : struct, IDistanceScale
    {
        // In locals: what is written might be these fields, for all the compiler knows.
        double coefficient = problem.Coefficients == null ? 0 : problem.Coefficients[original], margin = problem.Margin, unit = problem.Unit;
        bool soft = problem.Soft, ofDirections = problem.AnchorScales != null;
        int* positives = terms.Positive + first + slot, negatives = terms.Negative + first + slot;
        float* positiveWeights = terms.PositiveWeight + first + slot, negativeWeights = terms.NegativeWeight + first + slot;
        double total = sum;
        int active = 0;
        for (int i = 0; i < far.Length; i++)
        {
            int positive = positives[i], negative = negatives[i];
            double nearer = TScale.Apply(near[i]), farther = TScale.Apply(far[i]), difference = nearer - farther;
            choices?.Record(slot + i, original, positive, negative, terms.FellBack[first + slot + i], nearer, farther);
            if (negative < 0)
                continue;
            double hinge = soft ? Softplus(difference / unit) * unit : Math.Max(difference + margin, 0);
            total += hinge;
            if (!(hinge > 0))
                continue;
            active++;
            double weight = coefficient * (soft ? Sigmoid(difference / unit) : 1);
            positiveWeights[i] = positive < 0 || (ofDirections && problem.IsZeroPair(original, positive)) ? 0 : (float)(weight * TScale.Slope(near[i]));
            negativeWeights[i] = ofDirections && problem.IsZeroPair(original, negative) ? 0 : (float)(-weight * TScale.Slope(far[i]));
        }

        sum = total;
        return active;
    }

    // Never log(1 + exp(x)), which overflows, and not log(1 + small) either: far out it would be 0, which stands for "no gradient".
    private static double Softplus(double x)
    {
        double small = Math.Exp(-Math.Abs(x));
        return Math.Max(x, 0) + (small < 1e-5 ? small - (small * small / 2) : Math.Log(1 + small));
    }

    private static double Sigmoid(double x) =>
        x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));
}
