using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Passes on what was chosen for some of the anchors, under their numbers in the whole batch.</summary>
internal sealed class RemappedReader(IChoiceReader reader, Tensor anchors) : IChoiceReader
{
    /// <inheritdoc/>
    public void Read(ChosenTriplets chosen) => reader.Read(chosen with { Anchors = anchors.index_select(0, chosen.Anchors) });
}
