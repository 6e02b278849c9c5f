using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Gathers triplets as they are mined.</summary>
internal sealed class TripletCollector : IChoiceReader
{
    private readonly List<Tensor> _anchors = [];
    private readonly List<Tensor> _positives = [];
    private readonly List<Tensor> _negatives = [];

    /// <summary>Adds those that have a positive and a negative.</summary>
    public void Read(ChosenTriplets chosen)
    {
        using var scope = NewDisposeScope();
        var whole = (chosen.Positives.ge(Numbers.WholeZero) & chosen.Negatives.ge(Numbers.WholeZero)).nonzero().squeeze(1);
        Add(chosen.Anchors.index_select(0, whole), chosen.Positives.index_select(0, whole), chosen.Negatives.index_select(0, whole));
    }

    /// <summary>Adds triplets of anchors that have none yet, in the order of the anchors.</summary>
    public void Add(Tensor anchors, Tensor positives, Tensor negatives)
    {
        // They outlive the scopes of tile and kernel.
        _anchors.Add(anchors.DetachFromDisposeScope());
        _positives.Add(positives.DetachFromDisposeScope());
        _negatives.Add(negatives.DetachFromDisposeScope());
    }

    /// <summary>All of them.</summary>
    public TripletIndices ToIndices(Device device) =>
        new(Joined(_anchors, device), Joined(_positives, device), Joined(_negatives, device));

    private static Tensor Joined(List<Tensor> parts, Device device)
    {
        var joined = parts.Count == 0 ? zeros(0, int64, device) : cat(parts);
        parts.ForEach(part => part.Dispose());
        return joined.MoveToOuterDisposeScope();
    }
}
