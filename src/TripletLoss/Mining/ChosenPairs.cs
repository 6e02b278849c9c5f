using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The pairs of anchor and reference that have a part in the loss, gathered so that autograd can give each anchor's own gradient.</summary>
internal sealed class ChosenPairs(MiningProblem problem, Distance distance)
{
    private readonly List<Tensor> _pairs = [];
    private readonly List<Tensor> _weights = [];

    /// <summary>Adds the pairs of a tile whose weight is not 0.</summary>
    public void Add(DistanceTile tile, Tensor weights)
    {
        var pairs = weights.nonzero();
        var (rows, columns) = (pairs.select(1, 0), pairs.select(1, 1));
        _weights.Add(weights[rows, columns].MoveToOuterDisposeScope());
        _pairs.Add(stack([rows + tile.First, columns], 1).MoveToOuterDisposeScope());
    }

    /// <summary>[A], with a graph: each anchor's Σ weights · distances, times <paramref name="scale"/>.</summary>
    public Tensor WeightedSums(Tensor scale)
    {
        using var gradient = enable_grad();
        // A user's function is called with the type it would get in a tile.
        var type = distance.CustomMatrix is null ? float64 : problem.Embeddings.dtype;
        var anchors = problem.Embeddings.to_type(type);
        var references = problem.References?.to_type(type) ?? anchors;
        // Depends on every embedding, so that there is a gradient (of 0) where no pair was chosen.
        var sums = (anchors.sum(1) * 0 + references.sum() * 0).to_type(float64);
        if (_pairs.Count > 0)
        {
            var pairs = cat(_pairs);
            var (rows, columns) = (pairs.select(1, 0), pairs.select(1, 1));
            var distances = RowDistances.Between(distance, anchors.index_select(0, rows), references.index_select(0, columns));
            sums = sums.index_add(0, rows, distances.to_type(float64) * cat(_weights), 1);
        }
        return sums * scale;
    }
}
