namespace TripletLoss.Learning;

/// <summary>
/// The losses' rules as one writes them by hand, for batches whose classes all have one size: the B×B matrix of squared distances, masks, and one positive of every
/// anchor at a time. Ordinary operations and ordinary autograd.
/// </summary>
internal sealed class PlainLoss(PlainRule rule, double margin) : Loss(LossReduction.SumOverBatchSize, name: null, ("rule", $"{rule}"), ("margin", margin))
{
    protected override Tensor PerAnchor(LossInput input)
    {
        var (labels, points) = (input.Labels, input.Embeddings);
        var squares = points.square().sum(1);
        var distances = (squares.unsqueeze(1) + squares - (2 * points.mm(points.t()))).relu();
        var isSame = labels.unsqueeze(1) == labels;
        var isPositive = isSame & eye(labels.shape[0], dtype: @bool).logical_not();
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
        var (farthest, _) = distances.masked_fill(isSame, float.NegativeInfinity).max(1, keepdim: true);
        var hinges = OfPositives(distances, isPositive).Select(positive =>
        {
            var (beyond, _) = distances.masked_fill(isSame | (distances <= positive), float.PositiveInfinity).min(1, keepdim: true);
            return (positive - where(beyond.isinf(), farthest, beyond) + margin).relu();
        });
        return cat([.. hinges], 1).mean([1]);
    }

    private Tensor Hard(Tensor distances, Tensor isSame, Tensor isPositive)
    {
        var (farthest, _) = distances.masked_fill(isPositive.logical_not(), 0).max(1);
        var (nearest, _) = distances.masked_fill(isSame, float.PositiveInfinity).min(1);
        return (farthest - nearest + margin).relu();
    }

    // The mean over active triplets is the mean over anchors of B / active times an anchor's own sum.
    private Tensor BatchAll(Tensor distances, Tensor isSame, Tensor isPositive)
    {
        var hinges = stack(OfPositives(distances, isPositive).Select(positive => (positive - distances + margin).relu().masked_fill(isSame, 0)));
        return hinges.sum([0, 2]) * (distances.shape[0] / (hinges > 0).sum().clamp(min: 1).to_type(distances.dtype));
    }

    // [B, 1] each: the distances of every anchor's first positive, of its second, and so on.
    private static IEnumerable<Tensor> OfPositives(Tensor distances, Tensor isPositive)
    {
        var count = (int)isPositive[0].sum().item<long>();
        var (_, places) = isPositive.to_type(float32).topk(count);
        return Enumerable.Range(0, count).Select(at => distances.gather(1, places.narrow(1, at, 1)));
    }
}
