using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Tiles of a user's distance function, whose gradient comes from autograd within a tile.</summary>
internal sealed class CustomTiles : DistanceTiles
{
    private readonly Distance _distance;
    private readonly Tensor _anchors;
    private readonly Tensor _references;
    private readonly bool _minesItself;
    private readonly Tensor _anchorGradient;
    private readonly Tensor? _referenceGradient;

    public CustomTiles(Distance distance, Tensor anchors, Tensor? references)
    {
        _distance = distance;
        _minesItself = references is null;
        _anchors = anchors.detach();
        _references = references?.detach() ?? _anchors;
        _anchorGradient = zeros_like(_anchors, float64);
        _referenceGradient = references is null ? _anchorGradient : references.requires_grad ? zeros_like(_references, float64) : null;
        NotFinite = _anchors.mul(Numbers.Zero).sum(float64);
        if (!_minesItself)
            NotFinite.add_(_references.mul(Numbers.Zero).sum(float64), Numbers.One);
    }

    /// <inheritdoc/>
    public override Tensor NotFinite { get; }

    /// <inheritdoc/>
    public override Tensor Distances(long first, long count)
    {
        using var scope = NewDisposeScope();
        var matrix = CustomDistance.Matrix(_distance, _anchors.narrow(0, first, count), _references);
        NotFinite.add_(matrix.mul(Numbers.Zero).sum(float64), Numbers.One);
        return matrix.to_type(float64, copy: true).contiguous().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void AddGradient(long first, Tensor distances, Tensor weights)
    {
        using var scope = NewDisposeScope();
        var count = distances.size(0);
        // Coinciding points have no gradient, so they need no weight.
        weights = weights.masked_fill(distances.eq(Numbers.Zero), Numbers.Zero);
        var (anchors, references) = GradientOfTile(_anchors.narrow(0, first, count), _references, weights);
        // A function whose gradient is infinite at distance 0 (a root, say) spoils whole rows even with a weight of 0 there: leave those pairs out.
        if (anchors.sum().add(references.sum(), Numbers.One).isnan().item<bool>())
        {
            AddGradientOfEachAnchor(first, weights);
            return;
        }
        _anchorGradient.narrow(0, first, count).add_(anchors, Numbers.One);
        _referenceGradient?.add_(references, Numbers.One);
    }

    /// <inheritdoc/>
    public override (Tensor Anchors, Tensor? References) Gradient() => (_anchorGradient, _minesItself ? null : _referenceGradient);

    private void AddGradientOfEachAnchor(long first, Tensor weights)
    {
        for (long row = 0; row < weights.size(0); row++)
        {
            using var scope = NewDisposeScope();
            var columns = weights.select(0, row).nonzero().squeeze(1);
            if (columns.size(0) == 0)
                continue;
            var (anchor, references) = GradientOfTile(
                _anchors.narrow(0, first + row, 1), _references.index_select(0, columns),
                weights.narrow(0, row, 1).index_select(1, columns));
            _anchorGradient.narrow(0, first + row, 1).add_(anchor, Numbers.One);
            _referenceGradient?.index_add_(0, columns, references.to_type(float64), Numbers.One);
        }
    }

    private (Tensor Anchors, Tensor References) GradientOfTile(Tensor anchors, Tensor references, Tensor weights)
    {
        using var gradient = enable_grad();
        anchors = anchors.detach().requires_grad_();
        references = references.detach().requires_grad_();
        var matrix = CustomDistance.Matrix(_distance, anchors, references);
        CustomDistance.Backward(_distance, (matrix * weights.to_type(matrix.dtype)).sum());
        // None of an argument that the function ignores.
        return (anchors.grad ?? zeros_like(anchors), references.grad ?? zeros_like(references));
    }
}
