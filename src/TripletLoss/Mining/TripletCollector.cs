using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Gathers the triplets of one tile after the other.</summary>
internal sealed class TripletCollector
{
    private readonly List<Tensor> _anchors = [];
    private readonly List<Tensor> _positives = [];
    private readonly List<Tensor> _negatives = [];

    /// <summary>Adds triplets of a tile, given by its rows; keeps them beyond the tile's scope.</summary>
    public void Add(DistanceTile tile, Tensor rows, Tensor positives, Tensor negatives) => Add(rows + tile.First, positives, negatives);

    /// <summary>Adds triplets; keeps them beyond the scope in which they were made.</summary>
    public void Add(Tensor anchors, Tensor positives, Tensor negatives)
    {
        _anchors.Add(anchors.MoveToOuterDisposeScope());
        _positives.Add(positives.MoveToOuterDisposeScope());
        _negatives.Add(negatives.MoveToOuterDisposeScope());
    }

    /// <summary>All triplets so far.</summary>
    public TripletIndices ToIndices(Device device) =>
        new(Joined(_anchors, device), Joined(_positives, device), Joined(_negatives, device));

    private static Tensor Joined(List<Tensor> parts, Device device) =>
        (parts.Count == 0 ? zeros(0, int64, device) : cat(parts)).MoveToOuterDisposeScope();
}
