using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Anchors and references as products and differences want them. One reference more stands at the end, at the origin: whoever has none to compare with takes it.</summary>
internal sealed class ComparedPoints
{
    private static readonly Scalar SingleNear = 2.1e-4.ToScalar();
    private static readonly Scalar SingleNearInTheValue = 2.1e-2.ToScalar();
    private static readonly Scalar DoubleNear = 2.1e-8.ToScalar();

    // Near a point so near the origin the squares of differences may vanish.
    private static readonly Scalar SingleTiny = 1e-24.ToScalar();
    private static readonly Scalar DoubleTiny = 1e-260.ToScalar();

    private readonly DistanceScale _scale;
    private readonly PreparedPoints _anchors;
    private readonly PreparedPoints _references;
    private readonly bool _minesItself;
    private readonly Tensor _productReferences;
    private readonly Tensor _referenceNorms;
    private readonly Tensor _exactAnchors;
    private readonly Tensor _exactReferences;
    private readonly Tensor? _zeroReferences;
    private readonly CoincidingPoints _coinciding;

    public ComparedPoints(MiningProblem problem, Distance distance)
    {
        _scale = distance.Scale;
        _minesItself = problem.References is null;
        (_anchors, _references) = PreparedPoints.Of(distance, problem.Embeddings, problem.References, problem.Embeddings.dtype);
        _coinciding = CoincidingPoints.Of(_anchors.Points, _minesItself ? null : _references.Points);
        _productReferences = WithOrigin(_references.Points);
        _referenceNorms = cat([_references.SquaredNorms, zeros(1, Type, Device)]);
        // Of the points as they were given: what is subtracted from them costs small coordinates their last digits.
        (_exactAnchors, _exactReferences) = _references.Unit is { } unit
            ? (_anchors.Unit!.Value.Directions, WithOrigin(unit.Directions))
            : (problem.Embeddings, WithOrigin(problem.References ?? problem.Embeddings));
        _zeroReferences = _references.Unit is { } others ? cat([others.IsZero.squeeze(1), zeros(1, ScalarType.Bool, Device)]) : null;
        AreAllDistinct = _coinciding.References.eq(Numbers.Range(problem.ReferenceCount, Device)).all();
        LargestNorm = maximum(_anchors.SquaredNorms.max(), _references.SquaredNorms.max());
    }

    /// <summary>Whether no two references coincide.</summary>
    public Tensor AreAllDistinct { get; }

    /// <summary>The largest |x|².</summary>
    public Tensor LargestNorm { get; }

    private ScalarType Type => _anchors.Points.dtype;

    private Device Device => _anchors.Points.device;

    /// <summary>|n|² − 2 a·n [count, N + 1] of the anchors from one on: an anchor's squared distances less its own |a|².</summary>
    /// <param name="first">The first anchor.</param>
    /// <param name="count">How many.</param>
    /// <param name="areAllDistinct">If not, a tie between references that coincide is made one.</param>
    public Tensor Scores(long first, long count, bool areAllDistinct)
    {
        var scores = addmm(_referenceNorms, Anchors(first, count), _productReferences.t(), 1, -2);
        return areAllDistinct ? scores : scores.index_select(1, cat([_coinciding.References, Numbers.Range(_referenceNorms.size(0), Device).narrow(0, _referenceNorms.size(0) - 1, 1)]));
    }

    /// <summary>[count, 1] |a|².</summary>
    public Tensor AnchorNorms(long first, long count) => _anchors.SquaredNorms.narrow(0, first, count).unsqueeze(1);

    /// <summary>[count, 1]: whether a score is that of a point too near for the product to tell how near.</summary>
    /// <param name="leastScores">[count, 1]: the least of each anchor.</param>
    /// <param name="first">The first anchor.</param>
    /// <param name="count">How many.</param>
    /// <param name="enterTheValue">Whether scores are not only compared.</param>
    public Tensor IsTooNear(Tensor leastScores, long first, long count, bool enterTheValue)
    {
        var norms = AnchorNorms(first, count);
        // By a root, whose slope grows near 0, products would lose gradients from farther off.
        var near = norms.mul(Type == float64 ? DoubleNear : enterTheValue || _scale == DistanceScale.Root ? SingleNearInTheValue : SingleNear);
        var isTiny = norms.lt(Type == float64 ? DoubleTiny : SingleTiny);
        return leastScores.add(norms, Numbers.One).lt(near) | isTiny;
    }

    /// <summary>Squared distances to distances, in place where that can be.</summary>
    public Tensor Scaled(Tensor squared) => _scale switch
    {
        // The square root of float32 that libtorch takes is not always rounded right, and equal distances would not be equal.
        DistanceScale.Root => squared.to_type(float64).sqrt_().to_type(squared.dtype),
        DistanceScale.HalfSquared => squared.mul_(Numbers.Half),
        _ => squared,
    };

    /// <summary>The derivative by the squared distance, twice, because that one's gradient is 2 (x − y); 0 where two points coincide.</summary>
    public Tensor Slopes(Tensor weights, Tensor distances) => _scale switch
    {
        DistanceScale.Root => (weights / distances).masked_fill(distances.eq(Numbers.Zero), Numbers.Zero),
        DistanceScale.HalfSquared => weights,
        _ => weights.mul(Numbers.Two),
    };

    /// <summary>Anchors minus references of a table [count, width]: the differences [count, width, d], and the distances [count, width] in float64.</summary>
    public (Tensor Differences, Tensor Distances) Between(long first, Tensor table)
    {
        var (count, width) = (table.size(0), table.size(1));
        var others = _exactReferences.index_select(0, table.flatten()).view(count, width, -1);
        var differences = _exactAnchors.narrow(0, first, count).unsqueeze(1) - others;
        var distances = Scaled((differences * differences).sum(2).to_type(float64));
        if (_zeroReferences is { } zeros)
        {
            // A zero vector is at distance 1 from everything, with zero gradient.
            var hasZero = zeros.index_select(0, table.flatten()).view(count, width) | _anchors.Unit!.Value.IsZero.narrow(0, first, count);
            differences = differences.masked_fill(hasZero.unsqueeze(2), Numbers.Zero);
            distances = distances.masked_fill(hasZero, Numbers.One);
        }
        return (differences, distances);
    }

    /// <summary>Slopes [count, N + 1] of the anchors from one on by all references, in place: 0 by a zero vector, which is at distance 1 of everything.</summary>
    public Tensor WithoutZeroVectors(Tensor slopes, long first) => _zeroReferences is not { } zeros
        ? slopes
        : slopes.masked_fill_(zeros.unsqueeze(0) | _anchors.Unit!.Value.IsZero.narrow(0, first, slopes.size(0)), Numbers.Zero);

    /// <summary>[count, d], in the type of products.</summary>
    public Tensor Anchors(long first, long count) => _anchors.Points.narrow(0, first, count);

    /// <summary>[N + 1, d], in the type of products.</summary>
    public Tensor References => _productReferences;

    /// <summary>What gradients are gathered in; one for both where the batch mines itself, and none for references that want none.</summary>
    public (Tensor Anchors, Tensor? References) NewGradients(MiningProblem problem)
    {
        var references = _minesItself || problem.References!.requires_grad ? zeros_like(_exactReferences) : null;
        return (_minesItself ? references!.narrow(0, 0, problem.AnchorCount) : zeros_like(_exactAnchors), references);
    }

    /// <summary>From gradients by the points to gradients by the embeddings.</summary>
    public (Tensor Anchors, Tensor? References) GradientsOfEmbeddings((Tensor Anchors, Tensor? References) gradients) => (
        _anchors.GradientOfEmbeddings(gradients.Anchors),
        _minesItself || gradients.References is not { } references ? null : _references.GradientOfEmbeddings(references.narrow(0, 0, references.size(0) - 1)));

    private static Tensor WithOrigin(Tensor points) => cat([points, zeros([1, points.size(1)], points.dtype, points.device)]);
}
