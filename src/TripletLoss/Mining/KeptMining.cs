using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// What mining leaves of a batch, so that it is valued again, by other weights, and not mined again: of semi-hard and hard the choices, of batch-all the distances.
/// </summary>
internal sealed class KeptMining
{
    // 64 MiB: a larger batch is mined again.
    private const long MostColumns = 1 << 24;

    // 20 MiB: much more comes fresh from the system every time, which costs as much as to compute them again.
    private const long MostDistances = 5 << 20;

    /// <summary>Term by term the references that are positives, −1 for none; null as long as nothing was chosen, or by a kernel that keeps nothing.</summary>
    public int[]? Positives { get; private set; }

    /// <summary>The references that are negatives, −1 for none.</summary>
    public int[]? Negatives { get; private set; }

    /// <summary>In place of both where the positives are many: by sorted anchor and slot, the sorted place of the negative.</summary>
    public int[]? Columns { get; private set; }

    /// <summary>Of batch-all the squared distances, in blocks as the kernel takes them, [blocks, rows, stride]. It belongs to a dispose scope.</summary>
    public Tensor? Distances { get; private set; }

    /// <summary>For each of the blocks whether it has close pairs; null where no distances were kept.</summary>
    public bool[]? HaveClose { get; private set; }

    /// <summary>Keeps choices.</summary>
    public void Keep(ReadOnlySpan<int> positives, ReadOnlySpan<int> negatives) => (Positives, Negatives) = (positives.ToArray(), negatives.ToArray());

    /// <summary>Makes room for the columns of so many pairs, to be filled, if that is not too much.</summary>
    public void KeepColumns(long pairs) => Columns = pairs <= MostColumns ? GC.AllocateUninitializedArray<int>((int)pairs) : null;

    /// <summary>Makes room for so many blocks of distances, to be filled, if that is not too much.</summary>
    public void KeepDistances(int count, int rows, int stride)
    {
        if ((long)count * rows * stride <= MostDistances)
            (Distances, HaveClose) = (empty(count, rows, stride, float32, CPU), new bool[count]);
    }

    /// <summary>The same with the same distances in another tensor, or with none.</summary>
    public KeptMining With(Tensor? distances)
    {
        var copy = (KeptMining)MemberwiseClone();
        copy.Distances = distances;
        return copy;
    }
}
