namespace TripletLoss;

/// <summary>What semi-hard or hard chose of a batch, term by term: with it the same batch is valued again, by other weights, and not mined again.</summary>
internal sealed class ChosenIndices
{
    // 64 MiB: a larger batch is mined again.
    private const long MostColumns = 1 << 24;

    /// <summary>The references that are positives, −1 for none; null as long as nothing was chosen, or by a kernel that keeps nothing.</summary>
    public int[]? Positives { get; private set; }

    /// <summary>The references that are negatives, −1 for none.</summary>
    public int[]? Negatives { get; private set; }

    /// <summary>In place of both where the positives are many: by sorted anchor and slot, the sorted place of the negative.</summary>
    public int[]? Columns { get; private set; }

    /// <summary>Keeps them.</summary>
    public void Keep(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives) => (Positives, Negatives) = (positives.ToArray(), negatives.ToArray());

    /// <summary>Makes room for the columns of so many pairs, to be filled, if that is not too much.</summary>
    public void KeepColumns(long pairs) => Columns = pairs <= MostColumns ? GC.AllocateUninitializedArray<int>((int)pairs) : null;
}
