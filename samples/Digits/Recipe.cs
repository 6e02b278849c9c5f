using TripletLoss;

namespace Digits;

/// <summary>How to train.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Batches">How many batches.</param>
/// <param name="Memory">How many past embeddings to mine against as well; 0 for none.</param>
/// <param name="Chunk">How many images to encode at a time; 0 for the whole batch.</param>
internal sealed record Recipe(Loss Loss, int Batches = 600, int Memory = 0, int Chunk = 0);
