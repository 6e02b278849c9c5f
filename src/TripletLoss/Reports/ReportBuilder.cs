using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Looks on while a loss is computed, and makes the report of it.</summary>
internal sealed class ReportBuilder
{
    private MiningRule? _rule;
    private Distance? _distance;
    private ChoiceStatistics? _choices;
    private (long Terms, long Active, long ActiveAnchors) _counts;
    private bool _isFinite;

    /// <summary>The report, once all is known.</summary>
    public TripletReport Report { get; private set; } = null!;

    /// <summary>Says by which rule triplets are chosen now; gives who reads the choices, null for a rule that makes none.</summary>
    public IChoiceReader? Begin(MiningRule rule, Distance distance)
    {
        (_rule, _distance) = (rule, distance);
        return _choices = rule is BatchAllRule ? null : new ChoiceStatistics(rule.ActiveMargin);
    }

    /// <summary>Takes the counts of what was mined.</summary>
    public void Count(LossPart part)
    {
        _counts = ((long)FiniteOr0(part.Terms), (long)FiniteOr0(part.Active), CountPositive(part.Sums));
        _isFinite = IsFinite(part.Sums);
    }

    /// <summary>Takes what there is to count of a loss that mined nothing: an anchor is a term.</summary>
    public void Count(Tensor perAnchor)
    {
        var active = CountPositive(perAnchor);
        _counts = (perAnchor.numel(), active, active);
    }

    /// <summary>Makes the report.</summary>
    public void Complete(string name, MiningProblem problem, Tensor value)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var pairs = new LabelledPairs(problem);
        var (positives, negatives) = Distances(problem, pairs);
        Report = new TripletReport(name, Mean(value), problem, pairs)
        {
            NonFiniteEmbeddings = _isFinite ? 0 : NonFinite(problem.Embeddings) + (problem.References is { } references ? NonFinite(references) : 0),
            Distance = _distance,
            Margin = _rule is HardRule { Soft: true } ? null : _rule?.Margin,
            Unit = _rule?.Unit ?? TripletReportUnit.Anchors,
            Terms = _choices?.Terms ?? _counts.Terms,
            ActiveTerms = _choices?.Active ?? _counts.Active,
            ActiveAnchors = _counts.ActiveAnchors,
            FallbackPairs = _rule is SemiHardRule ? _choices!.FellBack : null,
            PositiveDistances = positives,
            NegativeDistances = negatives,
            Norms = EmbeddingSpread.Norms(problem.Embeddings),
            DistancesFromCentre = EmbeddingSpread.FromCentre(problem.Embeddings, _distance),
        };
    }

    /// <summary>Makes the report of triplets that were there already.</summary>
    public void Complete(string name, ExplicitTriplets triplets, ExplicitTripletLoss loss, Tensor near, Tensor far, Tensor value)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var rows = Numbers.Range(near.size(0), near.device);
        var choices = new ChoiceStatistics(loss.Soft ? 0 : loss.Margin);
        choices.Read(new ChosenTriplets(rows, rows, rows, zeros_like(near, ScalarType.Bool), near.to_type(float64), far.to_type(float64)));
        Report = new TripletReport(name, Mean(value), triplets)
        {
            NonFiniteEmbeddings = NonFinite(triplets.Anchor) + NonFinite(triplets.Positive) + NonFinite(triplets.Negative),
            Distance = loss.Distance,
            Margin = loss.Soft ? null : loss.Margin,
            Unit = TripletReportUnit.Triplets,
            Terms = choices.Terms,
            ActiveTerms = choices.Active,
            ActiveAnchors = choices.Active,
            PositiveDistances = choices.PositiveDistances,
            NegativeDistances = choices.NegativeDistances,
            Norms = EmbeddingSpread.Norms(triplets.Anchor),
            DistancesFromCentre = EmbeddingSpread.FromCentre(triplets.Anchor, loss.Distance),
        };
    }

    private (Quantiles? Positives, Quantiles? Negatives) Distances(MiningProblem problem, LabelledPairs pairs)
    {
        if (_choices is not null)
            return (_choices.PositiveDistances, _choices.NegativeDistances);
        return _distance is null
            ? (null, null)
            : (Distances(problem, pairs.SamplePositives(), pairs.PositiveCount), Distances(problem, pairs.SampleNegatives(), pairs.NegativeCount));
    }

    private Quantiles? Distances(MiningProblem problem, (long[] Anchors, long[] Others) pairs, long count) =>
        ValueSample.QuantilesOf(SampledDistances.Of(_distance!, problem.Embeddings, problem.References ?? problem.Embeddings, pairs))?.Of(count);

    private static double Mean(Tensor value)
    {
        using var scope = NewDisposeScope();
        return value.numel() == 0 ? 0 : value.to_type(float64).mean().item<double>();
    }

    // An embedding that is not finite makes every sum NaN, wherever it stands, if there is one.
    private static bool IsFinite(Tensor sums)
    {
        using var scope = NewDisposeScope();
        return sums.numel() > 0 && double.IsFinite(sums.sum().item<double>());
    }

    private static long NonFinite(Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        return (~embeddings.isfinite().all(1)).sum().item<long>();
    }

    private static double FiniteOr0(Tensor count) => count.item<double>() is var number && double.IsFinite(number) ? number : 0;

    private static long CountPositive(Tensor sums)
    {
        using var scope = NewDisposeScope();
        return sums.gt(Numbers.Zero).sum().item<long>();
    }
}
