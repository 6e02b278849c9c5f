using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>The negatives that semi-hard chose, by sorted place: written for the backward pass of per-anchor losses, and read there instead of choosing once more.</summary>
/// <param name="classes">Whose pairs.</param>
/// <param name="columns">For each pair of each sorted anchor; null: nowhere.</param>
/// <param name="written">Whether they are written.</param>
internal readonly unsafe struct KeptColumns(ClassIndex classes, int* columns, bool written)
{
    /// <summary>Whether there is anything to read.</summary>
    public bool AreThere => columns != null && !written;

    /// <summary>Reads the choices of an anchor, with the distances of its row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(uint* row, RowChoices choices)
    {
        int* negatives = choices.Negatives;
        uint* bits = choices.NegativeBits;
        Kept(choices).CopyTo(new(negatives, choices.Count));
        for (int slot = 0; slot < choices.Count; slot++)
            bits[slot] = row[negatives[slot]];
    }

    /// <summary>Writes the choices of an anchor, where there is room.</summary>
    public void Write(RowChoices choices)
    {
        if (columns != null && written)
            new Span<int>(choices.Negatives, choices.Count).CopyTo(Kept(choices));
    }

    private Span<int> Kept(RowChoices choices) => new(columns + classes.PairStart[choices.Anchor], choices.Count);
}
