using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>The active edges of some anchors by the reference that they point at, in the order of the terms: a counting sort.</summary>
internal sealed unsafe class IncomingEdges
{
    private readonly TripletTerms _terms;
    private readonly long* _start;
    private readonly IncomingEdge* _edges;

    /// <summary>Collects those of the anchors [from..to).</summary>
    public IncomingEdges(SimdProblem problem, ClassIndex classes, TripletTerms terms, int from, int to, NativeArena arena)
    {
        _terms = terms;
        _start = arena.AllocateZeroed<long>(problem.ReferenceCount + 2L);
        Count(terms.Start[from], terms.Start[to]);
        for (int reference = 0; reference < problem.ReferenceCount; reference++)
            _start[reference + 2] += _start[reference + 1];
        _edges = arena.Allocate<IncomingEdge>(_start[problem.ReferenceCount + 1]);
        // Filling moves each start to its end, which is the start of the next.
        Fill(classes.AnchorOrder, from, to);
    }

    /// <summary>Those of a reference.</summary>
    public ReadOnlySpan<IncomingEdge> Of(int reference) => new(_edges + _start[reference], (int)(_start[reference + 1] - _start[reference]));

    // Of two terms of a pair, each has the other's anchor: the gradient adds them as one.
    private bool TakesPositives => !_terms.AreAllPairs;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(long from, long to)
    {
        Count(_terms.Negative, _terms.NegativeWeight, from, to);
        if (TakesPositives)
            Count(_terms.Positive, _terms.PositiveWeight, from, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(int* references, float* weights, long from, long to)
    {
        long* counts = _start + 2;
        for (long term = from; term < to; term++)
        {
            if (weights[term] != 0)
                counts[references[term]]++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(int* originals, int from, int to)
    {
        int* positives = _terms.Positive, negatives = _terms.Negative;
        float* positiveWeights = _terms.PositiveWeight, negativeWeights = _terms.NegativeWeight;
        IncomingEdge* edges = _edges;
        long* next = _start + 1;
        bool takesPositives = TakesPositives;
        for (int anchor = from; anchor < to; anchor++)
        {
            int original = originals[anchor];
            for (long term = _terms.Start[anchor], end = _terms.Start[anchor + 1]; term < end; term++)
            {
                if (takesPositives && positiveWeights[term] != 0)
                    edges[next[positives[term]]++] = new(original, positiveWeights[term]);
                if (negativeWeights[term] != 0)
                    edges[next[negatives[term]]++] = new(original, negativeWeights[term]);
            }
        }
    }
}
