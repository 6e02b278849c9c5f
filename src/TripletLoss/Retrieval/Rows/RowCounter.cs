using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TripletLoss;

/// <summary>Ranks a few references of a row by counting those before them, four in one pass.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class RowCounter<T>(BoundedRow<T> row)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Block = 4;

    private readonly T[] _limits = new T[Block];
    private readonly double[] _exact = new double[Block];
    private readonly double[] _ranked = new double[Block];
    private readonly int[] _perhaps = new int[Vector<int>.Count];
    private readonly int[] _open = new int[row.Lower.Length];

    /// <summary>The ranks, from 1, of some references among all of the row: before one come the nearer ones, and of those as near the ones on its left.</summary>
    /// <returns>False, and no ranks, where so many bounds overlap that sorting takes less: once more references were compared than the row has.</returns>
    public bool TryRank(ReadOnlySpan<int> references, Span<int> ranks)
    {
        int left = row.Lower.Length;
        for (int i = 0; i < references.Length; i += Block)
        {
            int count = Math.Min(Block, references.Length - i);
            Turn(references.Slice(i, count));
            var before = CountClear(out int open);
            left -= open;
            if (left < 0)
                return false;
            before += CountOpen(open);
            for (int j = 0; j < count; j++)
                ranks[i + j] = 1 + (int)before[j];
        }
        return true;
    }

    // NaN in the places of a block that none fills: nothing is before it.
    private void Turn(ReadOnlySpan<int> references)
    {
        Array.Fill(_limits, T.NaN);
        Array.Fill(_exact, double.NaN);
        for (int j = 0; j < references.Length; j++)
        {
            _ranked[j] = references[j];
            _exact[j] = row.Exact(references[j]);
            _limits[j] = row.AmongBounds(_exact[j]);
        }
    }

    // Those surely before have their upper bound below; where a lower bound is not above, a vector of references is left open, for exact distances.
    private Vector256<long> CountClear(out int open)
    {
        var lowers = MemoryMarshal.Cast<T, Vector<T>>(row.Lower);
        var uppers = MemoryMarshal.Cast<T, Vector<T>>(row.Upper);
        Vector<T> limit0 = new(_limits[0]), limit1 = new(_limits[1]), limit2 = new(_limits[2]), limit3 = new(_limits[3]);
        // Of all bits: −1 in every int, two of them for a double.
        Vector<int> before0 = default, before1 = default, before2 = default, before3 = default;
        open = 0;
        for (int i = 0; i < lowers.Length; i++)
        {
            Vector<T> lower = lowers[i], upper = uppers[i];
            var surely0 = Vector.LessThan(upper, limit0).As<T, int>();
            var surely1 = Vector.LessThan(upper, limit1).As<T, int>();
            var surely2 = Vector.LessThan(upper, limit2).As<T, int>();
            var surely3 = Vector.LessThan(upper, limit3).As<T, int>();
            var perhaps = (Vector.LessThanOrEqual(lower, limit0).As<T, int>() ^ surely0) | (Vector.LessThanOrEqual(lower, limit1).As<T, int>() ^ surely1)
                | (Vector.LessThanOrEqual(lower, limit2).As<T, int>() ^ surely2) | (Vector.LessThanOrEqual(lower, limit3).As<T, int>() ^ surely3);
            if (perhaps != Vector<int>.Zero)
            {
                var clear = ~perhaps;
                (surely0, surely1, surely2, surely3) = (surely0 & clear, surely1 & clear, surely2 & clear, surely3 & clear);
                Open(perhaps, i * Vector<T>.Count, ref open);
            }
            before0 += surely0;
            before1 += surely1;
            before2 += surely2;
            before3 += surely3;
        }
        for (int i = lowers.Length * Vector<T>.Count; i < row.Lower.Length; i++)
            Open(i, ref open);
        int lanes = Vector<int>.Count / Vector<T>.Count;
        return -Vector256.Create(Vector.Sum(before0), Vector.Sum(before1), Vector.Sum(before2), (long)Vector.Sum(before3)) / lanes;
    }

    private void Open(Vector<int> perhaps, int first, ref int open)
    {
        perhaps.CopyTo(_perhaps);
        int lanes = Vector<int>.Count / Vector<T>.Count;
        for (int i = 0; i < Vector<T>.Count; i++)
        {
            _open[open] = first + i;
            open -= _perhaps[i * lanes];
        }
    }

    private void Open(int reference, ref int open)
    {
        if (!T.IsNaN(row.Lower[reference]))
            _open[open++] = reference;
    }

    private Vector256<long> CountOpen(int open)
    {
        Vector256<double> exact = Vector256.Create(_exact), ranked = Vector256.Create(_ranked);
        Vector256<long> before = default;
        foreach (int reference in _open.AsSpan(0, open))
        {
            var distance = Vector256.Create(row.Exact(reference));
            var isBefore = Vector256.LessThan(distance, exact) | (Vector256.Equals(distance, exact) & Vector256.LessThan(Vector256.Create((double)reference), ranked));
            before -= isBefore.AsInt64();
        }
        return before;
    }
}
