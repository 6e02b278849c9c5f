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

    /// <summary>Reads an anchor's choices, with the distances of its row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(int anchor, uint* row, RowChoices choices)
    {
        int count = choices.Count = classes.Positives(anchor);
        int* kept = columns + classes.PairStart[anchor];
        for (int slot = 0; slot < count; slot++)
        {
            int positive = classes.PositiveAt(anchor, slot), negative = kept[slot];
            choices.Positives[slot] = positive;
            choices.Negatives[slot] = negative;
            choices.PositiveBits[slot] = row[positive];
            choices.NegativeBits[slot] = row[negative];
        }
    }

    /// <summary>Writes an anchor's choices, where there is room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(int anchor, RowChoices choices)
    {
        if (columns == null || !written)
            return;
        int* kept = columns + classes.PairStart[anchor];
        for (int i = 0; i < choices.Count; i++)
            kept[classes.SlotOf(anchor, choices.Positives[i])] = choices.Negatives[i];
    }
}
