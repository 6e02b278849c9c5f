namespace TripletLoss.Tests;

/// <summary>The meaning of the losses as loops in float64 over every pair and triplet.</summary>
internal sealed class SimdOracle
{
    private readonly SimdCase _case;
    private readonly float[] _references;
    private readonly long[] _referenceLabels;
    private readonly List<(int Anchor, int Reference, double Weight)> _edges = [];

    public SimdOracle(SimdCase problem)
    {
        _case = problem;
        _references = problem.References ?? problem.Anchors;
        _referenceLabels = problem.ReferenceLabels ?? problem.AnchorLabels;
        Outcome = new(problem);
        for (int anchor = 0; anchor < problem.AnchorCount; anchor++)
            Visit(anchor);
        AddGradient();
    }

    public SimdOutcome Outcome { get; }

    private void Visit(int anchor)
    {
        double[] squared = [.. Enumerable.Range(0, _case.ReferenceCount).Select(other => Squared(anchor, other))];
        int[] same = [.. Enumerable.Range(0, squared.Length).Where(other => _referenceLabels[other] == _case.AnchorLabels[anchor])];
        int[] negatives = [.. Enumerable.Range(0, squared.Length).Except(same)];
        long self = _case.References is null ? anchor : _case.SelfIndices?[anchor] ?? -1;
        int[] positives = [.. same.Where(other => other != self)];

        // MinBy and MaxBy take the first of equals: the lowest index.
        if (_case.Rule == RuleKind.Hard)
        {
            Outcome.TermCount++;
            int positive = positives.Length == 0 ? -1 : positives.MaxBy(other => squared[other]);
            int negative = negatives.Length == 0 ? -1 : negatives.MinBy(other => squared[other]);
            Outcome.Add(new(anchor, positive, negative, FellBack: false));
            if (negative >= 0)
                AddTerm(anchor, positive, negative, squared);
            return;
        }

        foreach (int positive in positives)
        {
            if (_case.Rule == RuleKind.BatchAll)
            {
                Outcome.TermCount += negatives.Length;
                foreach (int negative in negatives)
                    AddTerm(anchor, positive, negative, squared);
                continue;
            }

            Outcome.TermCount++;
            int[] above = [.. negatives.Where(other => squared[other] > squared[positive])];
            int chosen = negatives.Length == 0 ? -1
                : above.Length == 0 ? negatives.MaxBy(other => squared[other]) : above.MinBy(other => squared[other]);
            Outcome.Add(new(anchor, positive, chosen, FellBack: chosen >= 0 && above.Length == 0));
            if (chosen >= 0)
                AddTerm(anchor, positive, chosen, squared);
        }
    }

    private void AddTerm(int anchor, int positive, int negative, double[] squared)
    {
        double near = positive < 0 ? 0 : squared[positive], far = squared[negative];
        double difference = Scaled(near) - Scaled(far);
        double hinge = _case.Soft
            ? Math.Max(difference, 0) + Math.Log(1 + Math.Exp(-Math.Abs(difference)))
            : Math.Max(difference + _case.Margin, 0);
        Outcome.Sums[anchor] += hinge;
        if (hinge == 0)
            return;
        Outcome.ActiveCount++;
        double weight = _case.Coefficients[anchor] * (_case.Soft ? 1 / (1 + Math.Exp(-difference)) : 1);
        if (positive >= 0)
            _edges.Add((anchor, positive, weight * Slope(near)));
        _edges.Add((anchor, negative, -weight * Slope(far)));
    }

    private void AddGradient()
    {
        int dimension = _case.Dimension;
        double[] anchors = new double[Outcome.AnchorGradient.Length];
        double[] references = _case.References is null ? anchors : new double[Outcome.ReferenceGradient.Length];
        foreach ((int anchor, int reference, double weight) in _edges)
        {
            for (int k = 0; k < dimension; k++)
            {
                double x = _case.Anchors[(anchor * dimension) + k], y = _references[(reference * dimension) + k];
                anchors[(anchor * dimension) + k] += 2 * weight * (x - y);
                references[(reference * dimension) + k] -= 2 * weight * (x - y);
            }
        }

        for (int i = 0; i < anchors.Length; i++)
            Outcome.AnchorGradient[i] = (float)anchors[i];
        for (int i = 0; _case.References is not null && i < references.Length; i++)
            Outcome.ReferenceGradient[i] = (float)references[i];
    }

    private double Squared(int anchor, int reference)
    {
        double sum = 0;
        for (int k = 0; k < _case.Dimension; k++)
        {
            double difference = (double)_case.Anchors[(anchor * _case.Dimension) + k]
                - _references[(reference * _case.Dimension) + k];
            sum += difference * difference;
        }

        return sum;
    }

    private double Scaled(double squared) => _case.Scale switch
    {
        DistanceScale.Root => Math.Sqrt(squared),
        DistanceScale.HalfSquared => squared / 2,
        _ => squared,
    };

    private double Slope(double squared) => _case.Scale switch
    {
        DistanceScale.Root => squared > 0 ? 0.5 / Math.Sqrt(squared) : 0,
        DistanceScale.HalfSquared => 0.5,
        _ => 1,
    };
}
