using System.Numerics;
using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>Ranks a few references of a row by counting those before them, four in one pass.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class RowCounter<T>(BoundedRow<T> row)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Block = 4;

    private readonly int[] _ranked = new int[Block];
    private readonly double[] _exact = new double[Block];
    private readonly int[] _before = new int[Block];

    /// <summary>The ranks, from 1, of some references among all of the row: before one come the nearer ones, and of those as near the ones on its left.</summary>
    public void Rank(ReadOnlySpan<int> references, Span<int> ranks)
    {
        for (int i = 0; i < references.Length; i += Block)
        {
            int count = Math.Min(Block, references.Length - i);
            RankBlock(references.Slice(i, count));
            for (int j = 0; j < count; j++)
                ranks[i + j] = 1 + _before[j];
        }
    }

    private void RankBlock(ReadOnlySpan<int> references)
    {
        Span<T> limits = stackalloc T[Block];
        limits.Fill(T.NaN);
        Array.Fill(_exact, double.NaN);
        for (int j = 0; j < references.Length; j++)
        {
            _ranked[j] = references[j];
            _exact[j] = row.Exact(references[j]);
            limits[j] = row.AmongBounds(_exact[j]);
        }
        Array.Clear(_before);
        Count(limits);
    }

    // Those surely before have their upper bound below; those perhaps before, their lower bound not above.
    private void Count(ReadOnlySpan<T> limits)
    {
        var lowers = MemoryMarshal.Cast<T, Vector<T>>(row.Lower);
        var uppers = MemoryMarshal.Cast<T, Vector<T>>(row.Upper);
        Vector<T> limit0 = new(limits[0]), limit1 = new(limits[1]), limit2 = new(limits[2]), limit3 = new(limits[3]);
        // Of all bits: −1 in every int, two of them for a double.
        Vector<int> before0 = default, before1 = default, before2 = default, before3 = default;
        for (int i = 0; i < lowers.Length; i++)
        {
            Vector<T> lower = lowers[i], upper = uppers[i];
            var surely0 = Vector.LessThan(upper, limit0).As<T, int>();
            var surely1 = Vector.LessThan(upper, limit1).As<T, int>();
            var surely2 = Vector.LessThan(upper, limit2).As<T, int>();
            var surely3 = Vector.LessThan(upper, limit3).As<T, int>();
            before0 += surely0;
            before1 += surely1;
            before2 += surely2;
            before3 += surely3;
            var open = (Vector.LessThanOrEqual(lower, limit0).As<T, int>() ^ surely0) | (Vector.LessThanOrEqual(lower, limit1).As<T, int>() ^ surely1)
                | (Vector.LessThanOrEqual(lower, limit2).As<T, int>() ^ surely2) | (Vector.LessThanOrEqual(lower, limit3).As<T, int>() ^ surely3);
            if (open != Vector<int>.Zero)
                Compare(limits, i * Vector<T>.Count, Vector<T>.Count);
        }
        int lanes = Vector<int>.Count / Vector<T>.Count;
        _before[0] -= Vector.Sum(before0) / lanes;
        _before[1] -= Vector.Sum(before1) / lanes;
        _before[2] -= Vector.Sum(before2) / lanes;
        _before[3] -= Vector.Sum(before3) / lanes;
        int rest = lowers.Length * Vector<T>.Count;
        for (int i = rest; i < row.Upper.Length; i++)
        {
            for (int j = 0; j < Block; j++)
                _before[j] += row.Upper[i] < limits[j] ? 1 : 0;
        }
        Compare(limits, rest, row.Upper.Length - rest);
    }

    // By exact distances where the bounds leave it open.
    private void Compare(ReadOnlySpan<T> limits, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            for (int j = 0; j < Block; j++)
            {
                if (!(row.Lower[i] <= limits[j]) || row.Upper[i] < limits[j] || i == _ranked[j])
                    continue;
                double exact = row.Exact(i);
                _before[j] += exact < _exact[j] || (exact == _exact[j] && i < _ranked[j]) ? 1 : 0;
            }
        }
    }
}
