using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Looks on while a loss is computed, and makes the report.</summary>
internal sealed class BatchObserver
{
    private readonly ValueSample _positives = new();
    private readonly ValueSample _negatives = new();
    private MiningFormula? _formula;
    private Distance? _distance;
    private long _terms;
    private long _active;
    private long _fellBack;

    /// <summary>The report; not before <see cref="Complete"/>.</summary>
    public TripletReport Report { get; private set; } = null!;

    /// <summary>Takes note of the rule that is about to walk through the tiles.</summary>
    public void Begin(MiningFormula formula, Distance distance) => (_formula, _distance) = (formula, distance);

    /// <summary>Takes note of a tile, or of a whole batch; waits for its device.</summary>
    public void Observe(TileObservation observation)
    {
        _positives.Add(observation.Positives);
        _negatives.Add(observation.Negatives);
        _terms += observation.Terms.ToInt64();
        _active += observation.Active.ToInt64();
        _fellBack += observation.FellBack?.ToInt64() ?? 0;
    }

    /// <summary>Makes the report on a batch.</summary>
    /// <param name="name">The loss's name.</param>
    /// <param name="problem">The batch.</param>
    /// <param name="perAnchor">[A]: the losses of the anchors.</param>
    /// <param name="value">The loss, a scalar or a vector.</param>
    public void Complete(string name, MiningProblem problem, Tensor perAnchor, Tensor value)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var counts = LabelCounts.Of(problem);
        var activeAnchors = perAnchor.gt(0).sum().ToInt64();
        // A formula of a user's own never passed by here: what is known of it is a loss for each anchor.
        var (terms, active) = _formula is null ? (problem.AnchorCount, activeAnchors) : (_terms, _active);
        Report = new TripletReport
        {
            LossName = name,
            Distance = _distance,
            Margin = _formula is HardFormula { Soft: true } ? null : _formula?.Margin,
            Loss = LossOf(value),
            Anchors = problem.AnchorCount,
            References = problem.References?.shape[0],
            Dimensions = problem.Embeddings.shape[1],
            NonFiniteEmbeddings = NonFinite(problem.Embeddings) + (problem.References is { } references ? NonFinite(references) : 0),
            AnchorsWithoutPositive = counts.AnchorsWithoutPositive,
            AnchorsWithoutNegative = counts.AnchorsWithoutNegative,
            PositivePairs = counts.PositivePairs,
            Triplets = counts.Triplets,
            Unit = _formula?.Unit ?? TripletReportUnit.Anchors,
            Terms = terms,
            ActiveTerms = active,
            ActiveAnchors = activeAnchors,
            FallbackPairs = _formula is SemiHardFormula ? _fellBack : null,
            PositiveDistances = _positives.ToQuantiles(),
            NegativeDistances = _negatives.ToQuantiles(),
            Norms = Norms(problem.Embeddings),
            DistancesFromCentre = DistancesFromCentre(problem.Embeddings, _distance),
        };
    }

    private static double LossOf(Tensor value) => value.ndim == 0
        ? value.ToDouble()
        : value.numel() == 0 ? 0 : value.mean().ToDouble();

    private static long NonFinite(Tensor embeddings) => (~embeddings.isfinite().all(1)).sum().ToInt64();

    // From the median point, which few outliers do not move.
    private static Quantiles? DistancesFromCentre(Tensor embeddings, Distance? distance)
    {
        if (distance is not { CustomMatrix: null } || embeddings.shape[0] == 0)
            return null;
        var points = embeddings.to_type(float64);
        if (distance.OfUnitVectors)
            points = UnitVectors.Of(points).Directions;
        var (sorted, _) = points.sort(0);
        var squares = (points - sorted[points.shape[0] / 2]).square().sum(1);
        var distances = new ValueSample();
        distances.Add(distance.Scale switch { DistanceScale.Squared => squares, DistanceScale.Root => squares.sqrt(), _ => squares / 2 });
        return distances.ToQuantiles();
    }

    private static Quantiles Norms(Tensor embeddings)
    {
        var unit = UnitVectors.Of(embeddings.to_type(float64));
        var norms = new ValueSample();
        norms.Add(unit.Lengths.masked_fill(unit.IsZero, 0));
        return norms.ToQuantiles();
    }
}
