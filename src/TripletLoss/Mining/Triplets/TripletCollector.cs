using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Gathers triplets as they are mined.</summary>
internal sealed class TripletCollector : IChoiceReader
{
    private readonly List<Tensor>[] _parts = [[], [], [], []];

    /// <summary>Adds those that have a positive and a negative.</summary>
    public void Read(ChosenTriplets chosen)
    {
        using var scope = NewDisposeScope();
        var whole = (chosen.Positives.ge(Numbers.WholeZero) & chosen.Negatives.ge(Numbers.WholeZero)).nonzero().squeeze(1);
        Tensor Of(Tensor all) => all.index_select(0, whole);
        Add(Of(chosen.Anchors), Of(chosen.Positives), Of(chosen.Negatives), Of(chosen.IsFallback));
    }

    /// <summary>Adds triplets of anchors that have none yet, in the order of the anchors.</summary>
    public void Add(Tensor anchors, Tensor positives, Tensor negatives, Tensor? isFallback = null)
    {
        Tensor[] parts = [anchors, positives, negatives, isFallback ?? zeros_like(anchors, ScalarType.Bool)];
        lock (_parts)
        {
            // They outlive the scopes of tile and kernel.
            for (var i = 0; i < parts.Length; i++)
                _parts[i].Add(parts[i].DetachFromDisposeScope());
        }
    }

    /// <summary>All of them, in the order of the anchors.</summary>
    /// <param name="problem">What was mined.</param>
    public TripletIndices ToIndices(MiningProblem problem)
    {
        var device = problem.Embeddings.device;
        var anchors = Joined(_parts[0], int64, device);
        var (_, order) = anchors.sort(0, stable: true);
        Tensor InOrder(Tensor all) => all.index_select(0, order).MoveToOuterDisposeScope();
        return new TripletIndices(
            InOrder(anchors), InOrder(Joined(_parts[1], int64, device)), InOrder(Joined(_parts[2], int64, device)), InOrder(Joined(_parts[3], ScalarType.Bool, device)), problem.AnchorCount, problem.ReferenceCount);
    }

    private static Tensor Joined(List<Tensor> parts, ScalarType type, Device device)
    {
        var joined = parts.Count == 0 ? zeros(0, type, device) : cat(parts);
        parts.ForEach(part => part.Dispose());
        return joined;
    }
}
