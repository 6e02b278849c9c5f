using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The per-anchor losses of a custom distance by ordinary autograd: a user's function may fail in its backward, and must not do so within a node of ours.</summary>
internal static class CustomPerAnchor
{
    /// <summary>[A], with a graph: each anchor's Σ weights · distances over the pairs that have a part in its loss. Memory grows with their number.</summary>
    public static Tensor Of(MiningProblem problem, MiningRule rule, Distance distance, ReportBuilder? report)
    {
        var pairs = new List<Tensor>();
        var weights = new List<Tensor>();
        LossPart part;
        using (no_grad())
        {
            var request = new MiningRequest(problem, rule, distance, null, report?.Begin(rule, distance));
            part = TensorKernel.RunCarefully(request, (tile, derivative) =>
            {
                var entries = derivative.nonzero();
                var (rows, columns) = (entries.select(1, 0), entries.select(1, 1));
                weights.Add(derivative[rows, columns].DetachFromDisposeScope());
                pairs.Add(stack([tile.Anchors(rows), columns], 1).DetachFromDisposeScope());
            });
        }
        report?.Count(part);
        var scale = new MinedLoss(rule, distance).Scale(problem, part);
        var losses = WeightedSums(problem, distance, pairs, weights) * scale;
        return ((part.Sums * scale).add(losses - losses.detach(), Numbers.One)).to_type(problem.Embeddings.dtype);
    }

    private static Tensor WeightedSums(MiningProblem problem, Distance distance, List<Tensor> pairs, List<Tensor> weights)
    {
        var (anchors, references) = (problem.Embeddings, problem.References ?? problem.Embeddings);
        // Depends on every embedding, so that there is a gradient (of 0) where no pair was chosen.
        var sums = anchors.sum(1).mul(Numbers.Zero).add(references.sum().mul(Numbers.Zero), Numbers.One).to_type(float64);
        if (pairs.Count == 0)
            return sums;
        var (all, factors) = (cat(pairs), cat(weights));
        foreach (var part in pairs.Concat(weights))
            part.Dispose();
        var (rows, columns) = (all.select(1, 0), all.select(1, 1));
        var distances = RowDistances.Between(distance, anchors.index_select(0, rows), references.index_select(0, columns));
        return sums.index_add(0, rows, distances.to_type(float64) * factors, Numbers.One);
    }
}
