using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Chooses a few triplets of every anchor over a whole data set, tile by tile.</summary>
internal sealed class TripletSelection(
    MiningProblem problem, Distance distance, PositiveChoice positiveChoice, NegativeChoice negativeChoice, double margin, int perAnchor, long seed)
{
    private readonly LabelledPairs _pairs = new(problem);

    // An anchor has no more positives than there are references.
    private readonly int _perAnchor = (int)Math.Min(perAnchor, problem.ReferenceCount);

    /// <summary>The triplets; an anchor without such a one is left out.</summary>
    public TripletCollector Run(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var triplets = new TripletCollector();
        new TileLoop(problem, distance).ForEach(tile =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            Select(tile, triplets);
            progress?.Report((double)(tile.First + tile.Count) / problem.AnchorCount);
        });
        return triplets;
    }

    private void Select(DistanceTile tile, TripletCollector triplets)
    {
        // [t, k] each, −1 where there is none.
        var positives = positiveChoice == PositiveChoice.Random ? Drawn(tile, stream: 0, _pairs.DrawPositives) : ByDistance(tile);
        var negatives = negativeChoice == NegativeChoice.Random ? Drawn(tile, stream: 1, _pairs.DrawNegatives) : Nearest(tile, positives);
        var whole = (positives.ge(Numbers.WholeZero) & negatives.ge(Numbers.WholeZero)).nonzero();
        var (rows, slots) = (whole.select(1, 0), whole.select(1, 1));
        triplets.Add(tile.Anchors(rows), positives[rows, slots], negatives[rows, slots]);
    }

    private Tensor Drawn(DistanceTile tile, long stream, Action<int, SplitMix64, long[]> draw)
    {
        var drawn = new long[tile.Count * _perAnchor];
        Array.Fill(drawn, -1);
        var row = new long[_perAnchor];
        for (var i = 0; i < tile.Count; i++)
        {
            Array.Fill(row, -1);
            // By the anchor and not by the tile: the same seed gives the same triplets whatever the tiles are.
            draw((int)tile.First + i, new SplitMix64(seed, stream, tile.First + i), row);
            row.CopyTo(drawn, i * _perAnchor);
        }

        return tensor(drawn, device: tile.Distances.device).reshape(tile.Count, _perAnchor);
    }

    private Tensor ByDistance(DistanceTile tile)
    {
        var isHardest = positiveChoice == PositiveChoice.Hardest;
        var (distances, order) = tile.Distances.masked_fill(~tile.IsPositive, isHardest ? Numbers.NegativeInfinity : Numbers.Infinity)
            .sort(1, descending: isHardest, stable: true);
        var count = Math.Min(_perAnchor, order.size(1));
        return order.narrow(1, 0, count).masked_fill(distances.narrow(1, 0, count).isinf(), Numbers.WholeMinusOne);
    }

    private Tensor Nearest(DistanceTile tile, Tensor positives)
    {
        using var added = margin.ToScalar();
        var negatives = tile.Distances.masked_fill(~tile.IsNegative, Numbers.Infinity);
        var near = tile.Distances.gather(1, positives.clamp_min(Numbers.WholeZero));
        var chosen = new List<Tensor>();
        for (long slot = 0; slot < positives.size(1); slot++)
        {
            var own = near.narrow(1, slot, 1);
            var isSemiHard = negativeChoice == NegativeChoice.SemiHard;
            // Of equal ones min gives the first.
            var (distances, indices) = (isSemiHard ? negatives.masked_fill(negatives.le(own), Numbers.Infinity) : negatives).min(1, keepdim: true);
            var isNone = isSemiHard ? ~distances.lt(own.add(added, Numbers.One)) : distances.isinf();
            chosen.Add(indices.masked_fill(isNone, Numbers.WholeMinusOne));
        }

        return chosen.Count == 0 ? zeros_like(positives) : cat(chosen, 1);
    }
}
