using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Walks through a batch a tile of anchors at a time, so that memory stays O(tile · N).</summary>
/// <remarks>Nothing here waits for the device: every count stays a tensor.</remarks>
internal sealed class TileLoop
{
    // What a tile and all that is made of it may take. Some dozen matrices of the tile's shape live at a time.
    private const long TileBytes = 48L << 20;
    private const long BytesPerEntry = 12 * sizeof(double);

    private readonly MiningProblem _problem;
    private readonly Tensor _referenceLabels;
    private readonly Tensor? _ownCopies;
    private readonly long _rows;

    /// <summary>Prepares the tiles; call it inside a dispose scope and under <c>no_grad</c>.</summary>
    public TileLoop(MiningProblem problem, Distance distance)
    {
        _problem = problem;
        Tiles = DistanceTiles.Of(distance, problem.Embeddings, problem.References);
        _referenceLabels = (problem.ReferenceLabels ?? problem.Labels).unsqueeze(0);
        _ownCopies = OwnCopies(problem);
        _rows = Math.Clamp(TileBytes / (BytesPerEntry * Math.Max(problem.ReferenceCount, 1)), 1, Math.Max(problem.AnchorCount, 1));
    }

    /// <summary>The distances behind the tiles.</summary>
    public DistanceTiles Tiles { get; }

    /// <summary>Does something with every tile, in a dispose scope of its own. Without references there is none.</summary>
    public void ForEach(Action<DistanceTile> action)
    {
        if (_problem.ReferenceCount == 0)
            return;
        for (long first = 0; first < _problem.AnchorCount; first += _rows)
        {
            using var scope = NewDisposeScope();
            action(TileAt(first, Math.Min(_rows, _problem.AnchorCount - first)));
        }
    }

    private DistanceTile TileAt(long first, long count)
    {
        var sameLabel = _problem.Labels.narrow(0, first, count).unsqueeze(1).eq(_referenceLabels);
        if (_ownCopies is null)
            return new DistanceTile(first, Tiles.Distances(first, count), sameLabel, ~sameLabel);
        var references = Numbers.Range(_problem.ReferenceCount, sameLabel.device);
        var isOwnCopy = _ownCopies.narrow(0, first, count).unsqueeze(1).eq(references);
        return new DistanceTile(first, Tiles.Distances(first, count), sameLabel & ~isOwnCopy, ~sameLabel & ~isOwnCopy);
    }

    private static Tensor? OwnCopies(MiningProblem problem) => problem.References is null
        ? Numbers.Range(problem.AnchorCount, problem.Labels.device)
        : problem.SelfIndices;
}
