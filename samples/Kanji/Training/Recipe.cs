using TripletLoss;

namespace Kanji;

/// <summary>How to train.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Batches">How many batches.</param>
/// <param name="Memory">How many past embeddings to mine against as well; 0 for none.</param>
/// <param name="Chunk">How many images to encode at a time; 0 for the whole batch.</param>
internal sealed record Recipe(Loss Loss, int Batches = Recipe.DefaultBatches, int Memory = 0, int Chunk = 0)
{
    public const int DefaultBatches = 600;

    /// <summary>All but the number of batches: what a run must have in common with the one that it resumes.</summary>
    public string Name => $"{Losses.Serialize(Loss)}, memory {Memory}, chunk {Chunk}";
}
