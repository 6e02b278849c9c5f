using TripletLoss;

namespace Kanji;

/// <summary>How to train.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Batches">How many batches.</param>
/// <param name="Memory">How many past embeddings to mine against as well; 0 for none.</param>
/// <param name="Chunk">How many images to encode at a time; 0 for the whole batch.</param>
/// <param name="MemoryAfter">How many batches do without the memory at first, while the network changes much.</param>
/// <param name="Decay">Over how many batches the learning rate falls in a line, however many are trained on: so a training that goes on goes on as if it had never stopped.</param>
internal sealed record Recipe(Loss Loss, int Batches = Recipe.DefaultBatches, int Memory = 0, int Chunk = 0, int MemoryAfter = Recipe.DefaultMemoryAfter, int Decay = Recipe.DefaultBatches)
{
    public const int DefaultBatches = 900;

    public const int DefaultMemoryAfter = DefaultBatches * 3 / 4;

    /// <summary>Reached after <see cref="WarmUp"/> batches; a large one from the beginning makes some networks collapse.</summary>
    public const double LearningRate = 1e-2;

    public const int WarmUp = 50;

    /// <summary>What is left of the learning rate in the end.</summary>
    public const double LastShare = 0.01;

    /// <summary>All but the number of batches: what a run must have in common with the one that it resumes.</summary>
    public string Name => $"{Losses.Serialize(Loss)}, memory {Memory} after {MemoryAfter}, chunk {Chunk}, decay {Decay}";

    /// <summary>The learning rate of a batch, counted from 1.</summary>
    public double LearningRateOf(int batch) => LearningRate * Math.Min(1, (double)batch / WarmUp) * Math.Max(LastShare, 1 - ((double)(batch - 1) / Decay));
}
