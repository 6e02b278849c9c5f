namespace TripletLoss;

/// <summary>What semi-hard or hard chose of a batch, term by term: with it the same batch is valued again, by other weights, and not mined again.</summary>
internal sealed class ChosenIndices
{
    /// <summary>The references that are positives, −1 for none; null as long as nothing was chosen, or by a kernel that keeps nothing.</summary>
    public int[]? Positives { get; private set; }

    /// <summary>The references that are negatives, −1 for none.</summary>
    public int[]? Negatives { get; private set; }

    /// <summary>Keeps them.</summary>
    public void Keep(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives) => (Positives, Negatives) = (positives.ToArray(), negatives.ToArray());
}
