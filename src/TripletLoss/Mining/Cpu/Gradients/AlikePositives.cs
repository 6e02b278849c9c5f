using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// A class of a batch that mines itself in which each anchor's positives weigh all the same, as before training, when all triplets are active. Its pairs pull at a point
/// by Σ (u + v) (x − y) = (n u + Σ v) x − u Σ y − Σ v y, where x and y are differences to the mean of the class, as small as those between its points.
/// </summary>
internal sealed unsafe class AlikePositives<TWidth, TVector>(SimdProblem problem, ClassIndex classes, TripletTerms terms, NativeArena arena)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // The sums take as long as so many pairs of each point.
    private const int FewestPositives = 8;

    private readonly float* _mean = arena.Allocate<float>(problem.Dimension);
    private readonly float* _sum = arena.Allocate<float>(problem.Dimension);
    private readonly float* _weighted = arena.Allocate<float>(problem.Dimension);
    private int _start = -1;
    private bool _includes;
    private float _weights;

    /// <summary>Whether an anchor's class is such a one; it is the class of what follows.</summary>
    public bool Include(int anchor)
    {
        if (!terms.AreAllPairs || problem.AnchorScales != null || classes.Positives(anchor) < FewestPositives)
            return false;
        int start = classes.Start[anchor], size = classes.End[anchor] - start;
        if (start == _start)
            return _includes;
        _start = start;
        _includes = !new ReadOnlySpan<bool>(terms.PositivesAreAlike + start, size).Contains(false);
        if (_includes)
            SumUp(start, start + size);
        return _includes;
    }

    /// <summary>Writes how the positives pull at an anchor of the class.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pull(int anchor, float* target)
    {
        float* x = Point(anchor);
        float weight = Weight(anchor), own = (classes.End[anchor] - _start) * weight + _weights;
        TVector factor = TWidth.Broadcast(2 * own), factorOfSum = TWidth.Broadcast(-2 * weight), minusTwo = TWidth.Broadcast(-2);
        int k = 0;
        for (; k + TWidth.Lanes <= problem.Dimension; k += TWidth.Lanes)
        {
            TVector pull = TWidth.Multiply(factor, TWidth.Subtract(TWidth.Load(x + k), TWidth.Load(_mean + k)));
            pull = TWidth.MultiplyAdd(factorOfSum, TWidth.Load(_sum + k), pull);
            TWidth.Store(target + k, TWidth.MultiplyAdd(minusTwo, TWidth.Load(_weighted + k), pull));
        }

        for (; k < problem.Dimension; k++)
            target[k] = 2 * ((own * (x[k] - _mean[k])) - (weight * _sum[k]) - _weighted[k]);
    }

    private void SumUp(int start, int end)
    {
        float* first = Point(start);
        AddDifferences(start, end, first);
        for (int k = 0; k < problem.Dimension; k++)
            _mean[k] = first[k] + (_sum[k] / (end - start));
        AddDifferences(start, end, _mean);
    }

    // Sums of the differences to a point, and of the weights.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddDifferences(int start, int end, float* point)
    {
        new Span<float>(_sum, problem.Dimension).Clear();
        new Span<float>(_weighted, problem.Dimension).Clear();
        _weights = 0;
        for (int anchor = start; anchor < end; anchor++)
        {
            float* x = Point(anchor);
            float weight = Weight(anchor);
            TVector factor = TWidth.Broadcast(weight);
            _weights += weight;
            int k = 0;
            for (; k + TWidth.Lanes <= problem.Dimension; k += TWidth.Lanes)
            {
                TVector difference = TWidth.Subtract(TWidth.Load(x + k), TWidth.Load(point + k));
                TWidth.Store(_sum + k, TWidth.Add(TWidth.Load(_sum + k), difference));
                TWidth.Store(_weighted + k, TWidth.MultiplyAdd(factor, difference, TWidth.Load(_weighted + k)));
            }

            for (; k < problem.Dimension; k++)
            {
                _sum[k] += x[k] - point[k];
                _weighted[k] += weight * (x[k] - point[k]);
            }
        }
    }

    private float Weight(int anchor) => terms.PositiveWeight[terms.Start[anchor]];

    private float* Point(int anchor) => problem.Anchors + ((long)classes.AnchorOrder[anchor] * problem.Dimension);
}
