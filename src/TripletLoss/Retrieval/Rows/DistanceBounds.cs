using System.Numerics;

namespace TripletLoss;

/// <summary>
/// Between which numbers the distances of a tile of queries to all references lie, or numbers that order the references alike; and the exact distance of a pair, which decides where these
/// overlap.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal abstract class DistanceBounds<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of references N.</summary>
    public abstract int ReferenceCount { get; }

    /// <summary>Whether the bounds are the distances themselves.</summary>
    public abstract bool AreExact { get; }

    /// <summary>For each reference the first that is the same as it, and as far from any query; null where all differ.</summary>
    public virtual int[]? FirstSame => null;

    /// <summary>Computes a tile. Its queries are those that <see cref="Read"/> and <see cref="Exact"/> number from 0.</summary>
    public abstract void Fill(ReadOnlySpan<int> queries);

    /// <summary>The bounds of a query's N distances; called from several threads.</summary>
    public abstract void Read(int row, Span<T> lower, Span<T> upper);

    /// <summary>No bounds of a query are farther apart than this.</summary>
    public abstract T Widest(int row);

    /// <summary>The exact distance of a query and a reference, by which all are ordered.</summary>
    public abstract double Exact(int row, int reference);

    /// <summary>An exact distance among the bounds, rounded to their type.</summary>
    public abstract T AmongBounds(double exact);

    /// <summary>The distance that a user asked for, of an exact one.</summary>
    public abstract double Distance(double exact);
}
