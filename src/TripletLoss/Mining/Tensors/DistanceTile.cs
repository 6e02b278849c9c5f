using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The distances of a few anchors to all references, and which of these are positives and negatives.</summary>
/// <param name="First">The first anchor of the tile.</param>
/// <param name="Distances">[t, N], float64.</param>
/// <param name="IsPositive">[t, N], bool: the same label, and not the anchor's own copy.</param>
/// <param name="IsNegative">[t, N], bool: another label.</param>
internal readonly record struct DistanceTile(long First, Tensor Distances, Tensor IsPositive, Tensor IsNegative)
{
    /// <summary>The number of anchors t.</summary>
    public long Count => Distances.size(0);

    /// <summary>The anchors of some rows of the tile.</summary>
    public Tensor Anchors(Tensor rows)
    {
        using var first = First.ToScalar();
        return rows.add(first, Numbers.WholeOne);
    }

    /// <summary>The distances of the negatives, in ascending order, then +∞; equal ones by ascending index.</summary>
    public (Tensor Values, Tensor Indices) SortedNegatives() =>
        Distances.masked_fill(~IsNegative, Numbers.Infinity).sort(1, stable: true);
}
