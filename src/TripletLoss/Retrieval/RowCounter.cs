using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>Ranks a few values of a row by counting those before them, four values in one pass.</summary>
internal static class RowCounter
{
    /// <summary>The most values that are ranked at once.</summary>
    public const int Block = 4;

    /// <summary>
    /// The ranks, from 1, of up to four values among all of the row: before a value come the lower ones, and the equal ones on its left. NaN is
    /// before nothing, and there may be no −∞.
    /// </summary>
    /// <param name="row">The values.</param>
    /// <param name="positions">Where those to be ranked stand, in ascending order.</param>
    /// <param name="ranks">The results.</param>
    public static void Rank<T>(ReadOnlySpan<T> row, ReadOnlySpan<int> positions, Span<int> ranks)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Left of a value the limit is itself, right of it the next lower number: so one comparison serves for both.
        Span<T> limits = stackalloc T[Block];
        for (int i = 0; i < positions.Length; i++)
            limits[i] = row[positions[i]];
        limits[positions.Length..].Fill(T.NaN);
        ranks.Clear();
        Span<int> counts = stackalloc int[Block];
        int start = 0;
        for (int i = 0; i <= positions.Length; i++)
        {
            int end = i < positions.Length ? positions[i] : row.Length;
            Count(row[start..end], limits, counts);
            if (i < positions.Length)
                limits[i] = T.BitDecrement(limits[i]);
            start = end;
        }
        for (int i = 0; i < positions.Length; i++)
            ranks[i] = 1 + counts[i];
    }

    // Ones are added as floats: exact, since a lane would need 2²⁴ of them to round.
    private static void Count<T>(ReadOnlySpan<T> values, ReadOnlySpan<T> limits, Span<int> counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        Vector<T> limit0 = new(limits[0]), limit1 = new(limits[1]), limit2 = new(limits[2]), limit3 = new(limits[3]);
        Vector<T> count0 = default, count1 = default, count2 = default, count3 = default;
        foreach (var vector in vectors)
        {
            count0 += OnesUpTo(vector, limit0);
            count1 += OnesUpTo(vector, limit1);
            count2 += OnesUpTo(vector, limit2);
            count3 += OnesUpTo(vector, limit3);
        }
        counts[0] += int.CreateTruncating(Vector.Sum(count0));
        counts[1] += int.CreateTruncating(Vector.Sum(count1));
        counts[2] += int.CreateTruncating(Vector.Sum(count2));
        counts[3] += int.CreateTruncating(Vector.Sum(count3));
        foreach (T value in values[(vectors.Length * Vector<T>.Count)..])
        {
            for (int i = 0; i < Block; i++)
                counts[i] += value <= limits[i] ? 1 : 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> OnesUpTo<T>(Vector<T> values, Vector<T> limits) =>
        Vector<T>.One & Vector.LessThanOrEqual(values, limits);
}
