namespace TripletLoss.Tests;

/// <summary>What a report should say, by plain loops over a matrix of distances in double precision.</summary>
public sealed class InspectionOracle
{
    private readonly long[] _labels;
    private readonly long[] _referenceLabels;
    private readonly long[] _ownCopies;
    private readonly double[][] _distances;
    private readonly HashSet<int> _activeAnchors = [];

    public InspectionOracle(long[] labels, long[] referenceLabels, long[] ownCopies, double[][] distances)
    {
        (_labels, _referenceLabels, _ownCopies, _distances) = (labels, referenceLabels, ownCopies, distances);
        foreach (var a in Enumerable.Range(0, labels.Length))
        {
            WithoutPositive += Positives(a).Length == 0 ? 1 : 0;
            WithoutNegative += Negatives(a).Length == 0 ? 1 : 0;
            PositivePairs += Positives(a).Length;
            Triplets += Positives(a).Length * Negatives(a).Length;
        }
    }

    public long WithoutPositive { get; }

    public long WithoutNegative { get; }

    public long PositivePairs { get; }

    public long Triplets { get; }

    public long Terms { get; private set; }

    public long Active { get; private set; }

    public long ActiveAnchors => _activeAnchors.Count;

    public long FellBack { get; private set; }

    public List<double> PositiveDistances { get; } = [];

    public List<double> NegativeDistances { get; } = [];

    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
            return double.NaN;
        var position = share * (sorted.Length - 1);
        var (below, above) = ((int)Math.Floor(position), (int)Math.Ceiling(position));
        return sorted[below] * (1 - (position - below)) + sorted[above] * (position - below);
    }

    public InspectionOracle SemiHard(double margin)
    {
        foreach (var a in Enumerable.Range(0, _labels.Length))
        {
            foreach (var positive in Positives(a))
            {
                Terms++;
                PositiveDistances.Add(positive);
                var negatives = Negatives(a);
                if (negatives.Length == 0)
                    continue;
                var beyond = negatives.Where(negative => negative > positive).ToArray();
                var chosen = beyond.Length > 0 ? beyond.Min() : negatives.Max();
                FellBack += beyond.Length > 0 ? 0 : 1;
                NegativeDistances.Add(chosen);
                AddTerm(a, positive - chosen + margin);
            }
        }
        return this;
    }

    public InspectionOracle Hard(double margin, bool isSoft = false)
    {
        foreach (var a in Enumerable.Range(0, _labels.Length))
        {
            var (positives, negatives) = (Positives(a), Negatives(a));
            Terms++;
            if (positives.Length > 0)
                PositiveDistances.Add(positives.Max());
            if (negatives.Length == 0)
                continue;
            NegativeDistances.Add(negatives.Min());
            AddTerm(a, positives.DefaultIfEmpty(0).Max() - negatives.Min() + margin);
            if (isSoft)
                _activeAnchors.Add(a);
        }
        return this;
    }

    public InspectionOracle BatchAll(double margin)
    {
        foreach (var a in Enumerable.Range(0, _labels.Length))
        {
            PositiveDistances.AddRange(Positives(a));
            NegativeDistances.AddRange(Negatives(a));
            foreach (var positive in Positives(a))
            {
                Terms += Negatives(a).Length;
                foreach (var negative in Negatives(a))
                    AddTerm(a, positive - negative + margin);
            }
        }
        return this;
    }

    private void AddTerm(int anchor, double hinge)
    {
        if (hinge <= 0)
            return;
        Active++;
        _activeAnchors.Add(anchor);
    }

    private double[] Positives(int a) =>
        [.. Of(j => _referenceLabels[j] == _labels[a] && j != _ownCopies[a]).Select(j => _distances[a][j])];

    private double[] Negatives(int a) => [.. Of(j => _referenceLabels[j] != _labels[a]).Select(j => _distances[a][j])];

    private IEnumerable<int> Of(Func<int, bool> condition) => Enumerable.Range(0, _referenceLabels.Length).Where(condition);
}
