using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Tiles of the catalogue's distances: all are squared Euclidean distances in disguise, and come from one matrix product in float64.</summary>
internal sealed class EuclideanTiles : DistanceTiles
{
    // Below this share of |a|² + |n|² the product's rounding, some 1e-16 of it, shows in a distance: it is computed from differences instead.
    private static readonly Scalar TooNear = 1e-8.ToScalar();

    // Differences are formed for so many entries at a time (32 MiB).
    private const long EntriesAtOnce = 1L << 22;

    private readonly DistanceScale _scale;
    private readonly PreparedPoints _anchors;
    private readonly PreparedPoints _references;
    private readonly CoincidingPoints _coinciding;
    private readonly bool _minesItself;
    private readonly Tensor _anchorGradient;
    private readonly Tensor? _referenceGradient;

    public EuclideanTiles(Distance distance, Tensor anchors, Tensor? references)
    {
        _scale = distance.Scale;
        _minesItself = references is null;
        (_anchors, _references) = PreparedPoints.Of(distance, anchors, references, float64);
        _coinciding = CoincidingPoints.Of(_anchors.Points, _minesItself ? null : _references.Points);
        _anchorGradient = zeros_like(_anchors.Points);
        _referenceGradient = references is null ? _anchorGradient : references.requires_grad ? zeros_like(_references.Points) : null;
        NotFinite = _anchors.SquaredNorms.mul(Numbers.Zero).sum();
        if (!_minesItself)
            NotFinite.add_(_references.SquaredNorms.mul(Numbers.Zero).sum(), Numbers.One);
    }

    /// <inheritdoc/>
    public override Tensor NotFinite { get; }

    /// <inheritdoc/>
    public override Tensor Distances(long first, long count)
    {
        using var scope = NewDisposeScope();
        var anchors = _anchors.Points.narrow(0, first, count);
        var norms = _anchors.SquaredNorms.narrow(0, first, count).unsqueeze(1).add(_references.SquaredNorms, Numbers.One);
        var squared = norms.clone().addmm_(anchors, _references.Points.t(), beta: 1, alpha: -2);
        // Finding them needs a copy to the host, for which a GPU would wait; there the product's own 1e-16 has to do, save for points that coincide.
        if (squared.device_type == TorchSharp.DeviceType.CPU)
            ReplaceNearest(squared, norms, anchors);
        else
            squared.masked_fill_(squared.lt(norms.mul(TooNear)) & _coinciding.With(first, count), Numbers.Zero);
        squared = _coinciding.Equalised(squared);
        squared.clamp_min_(Numbers.Zero);
        return (_scale switch
        {
            DistanceScale.Root => squared.sqrt_(),
            DistanceScale.HalfSquared => squared.mul_(Numbers.Half),
            _ => squared,
        }).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void AddGradient(long first, Tensor distances, Tensor weights)
    {
        using var scope = NewDisposeScope();
        // Coinciding points have no gradient; a weight would leave rounding behind, or NaN of a root.
        weights = weights.masked_fill(distances.eq(Numbers.Zero), Numbers.Zero);
        // The derivative by the squared distance, twice, because that one's gradient is 2 (x − y).
        var slopes = _scale switch
        {
            DistanceScale.Root => weights / distances.masked_fill(distances.eq(Numbers.Zero), Numbers.One),
            DistanceScale.HalfSquared => weights,
            _ => weights.mul(Numbers.Two),
        };
        var anchors = _anchors.Points.narrow(0, first, distances.size(0));
        _anchorGradient.narrow(0, first, distances.size(0))
            .add_(slopes.sum(1, keepdim: true) * anchors, Numbers.One)
            .addmm_(slopes, _references.Points, beta: 1, alpha: -1);
        // 0L: a plain 0 is also a ScalarType, and C# would take that overload, the sum of everything.
        _referenceGradient?
            .add_(slopes.sum(0L).unsqueeze(1) * _references.Points, Numbers.One)
            .addmm_(slopes.t(), anchors, beta: 1, alpha: -1);
    }

    /// <inheritdoc/>
    public override (Tensor Anchors, Tensor? References) Gradient() => (
        _anchors.GradientOfEmbeddings(_anchorGradient), _minesItself || _referenceGradient is null ? null : _references.GradientOfEmbeddings(_referenceGradient));

    private void ReplaceNearest(Tensor squared, Tensor norms, Tensor anchors)
    {
        var nearest = squared.lt(norms.mul(TooNear)).nonzero();
        var count = nearest.size(0);
        var step = Math.Max(1, EntriesAtOnce / anchors.size(1));
        for (long start = 0; start < count; start += step)
        {
            using var scope = NewDisposeScope();
            var pairs = nearest.narrow(0, start, Math.Min(step, count - start));
            var (rows, columns) = (pairs.select(1, 0), pairs.select(1, 1));
            var differences = anchors.index_select(0, rows) - _references.Points.index_select(0, columns);
            squared.index_put_(differences.mul_(differences).sum(1), rows, columns);
        }
    }
}
