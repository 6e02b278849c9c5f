namespace TripletLoss.Learning;

/// <summary>
/// The losses' rules as one writes them by hand, for batches whose classes all have one size: the B×B matrix of squared distances, masks, and one positive of every
/// anchor at a time. Ordinary operations and ordinary autograd.
/// </summary>
internal sealed class PlainLoss(PlainRule rule, double margin) : Loss(LossReduction.SumOverBatchSize, name: null, ("rule", $"{rule}"), ("margin", margin))
{
    private readonly double _margin = margin;

    protected override Tensor PerAnchor(LossInput input)
    {
        var (labels, points) = (input.Labels, input.Embeddings);
        var squares = points.mul(points).sum(1);
        var distances = squares.unsqueeze(1).add(squares, Numbers.One).add(points.mm(points.t()), Numbers.MinusTwo).relu();
        var isSame = labels.unsqueeze(1).eq(labels);
        var isPositive = isSame.logical_and(eye(labels.shape[0], dtype: @bool).logical_not());
        return rule switch
        {
            PlainRule.SemiHard => SemiHard(distances, isSame, isPositive),
            PlainRule.Hard => Hard(distances, isSame, isPositive),
            _ => BatchAll(distances, isSame, isPositive),
        };
    }

    // The nearest negative beyond each positive, or else the farthest one.
    private Tensor SemiHard(Tensor distances, Tensor isSame, Tensor isPositive)
    {
        var (farthest, _) = distances.masked_fill(isSame, Numbers.NegativeInfinity).max(1, keepdim: true);
        var hinges = OfPositives(distances, isPositive).Select(positive =>
        {
            var (beyond, _) = distances.masked_fill(isSame.logical_or(distances.le(positive)), Numbers.Infinity).min(1, keepdim: true);
            return Hinge(positive, where(beyond.isinf(), farthest, beyond));
        });
        return cat([.. hinges], 1).mean([1]);
    }

    private Tensor Hard(Tensor distances, Tensor isSame, Tensor isPositive)
    {
        var (farthest, _) = distances.masked_fill(isPositive.logical_not(), Numbers.Zero).max(1);
        var (nearest, _) = distances.masked_fill(isSame, Numbers.Infinity).min(1);
        return Hinge(farthest, nearest);
    }

    // The mean over active triplets is the mean over anchors of B / active times an anchor's own sum.
    private Tensor BatchAll(Tensor distances, Tensor isSame, Tensor isPositive)
    {
        var hinges = stack(OfPositives(distances, isPositive).Select(positive => Hinge(positive, distances).masked_fill(isSame, Numbers.Zero)));
        var active = hinges.gt(Numbers.Zero).sum().to_type(distances.dtype);
        var size = tensor(distances.shape[0]).to_type(distances.dtype);
        return hinges.sum([0, 2]).mul(size.div(maximum(active, ones_like(active))));
    }

    private Tensor Hinge(Tensor positive, Tensor negative) =>
        positive.add(negative, Numbers.MinusOne).add(tensor(_margin).to_type(positive.dtype), Numbers.One).relu();

    // [B, 1] each: the distances of every anchor's first positive, of its second, and so on.
    private static IEnumerable<Tensor> OfPositives(Tensor distances, Tensor isPositive)
    {
        var count = (int)isPositive.select(0, 0).sum().item<long>();
        var (_, places) = isPositive.to_type(float32).topk(count);
        return Enumerable.Range(0, count).Select(at => distances.gather(1, places.narrow(1, at, 1)));
    }
}
