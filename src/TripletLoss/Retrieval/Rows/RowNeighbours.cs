using System.Numerics;
using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>Finds the k nearest references of a row; one for each thread.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class RowNeighbours<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int FewestNearest = 64;

    private readonly DistanceBounds<T> _bounds;
    private readonly BoundedRow<T> _row;
    private readonly int _k;
    private readonly T[] _nearest;
    private readonly double[] _distances;
    private readonly int[] _positions;

    public RowNeighbours(DistanceBounds<T> bounds, int k)
    {
        _bounds = bounds;
        _row = new BoundedRow<T>(bounds);
        _k = k;
        _nearest = new T[Math.Max(2 * (long)k, FewestNearest) + Vector<T>.Count];
        _distances = new double[bounds.ReferenceCount];
        _positions = new int[bounds.ReferenceCount];
    }

    /// <summary>The k nearest of a row of the tile, or as many as there are, the nearest first, with exact distances; valid until the next call.</summary>
    /// <param name="row">The row.</param>
    /// <param name="self">A reference to leave out; −1 for none.</param>
    public (ArraySegment<int> Positions, ArraySegment<double> Exact) Find(int row, int self)
    {
        _row.Read(row);
        if (self >= 0)
            _row.LeaveOut(self);
        T limit = UpperBoundOfKth();
        int count = 0;
        var lower = _row.Lower;
        for (int i = 0; i < lower.Length; i++)
        {
            if (lower[i] <= limit)
                _positions[count++] = i;
        }
        for (int i = 0; i < count; i++)
            _distances[i] = _row.Exact(_positions[i]);
        NearestFirst.Sort(_distances.AsSpan(0, count), _positions.AsSpan(0, count));
        int found = Math.Min(count, _k);
        return (new(_positions, 0, found), new(_distances, 0, found));
    }

    /// <summary>The distance that a user asked for, of an exact one.</summary>
    public double Distance(double exact) => _bounds.Distance(exact);

    // So many references are not farther: whatever is surely beyond cannot be among the nearest. +∞ where there are not so many.
    private T UpperBoundOfKth()
    {
        int count = 0;
        T limit = T.PositiveInfinity;
        var upper = _row.Upper;
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(upper);
        for (int i = 0; i < vectors.Length; i++)
        {
            if (Vector.LessThanAny(vectors[i], new Vector<T>(limit)))
                Add(upper.Slice(i * Vector<T>.Count, Vector<T>.Count));
        }
        Add(upper[(vectors.Length * Vector<T>.Count)..]);
        Shrink();
        return limit;

        void Add(ReadOnlySpan<T> values)
        {
            foreach (T value in values)
            {
                if (value < limit)
                    _nearest[count++] = value;
            }
            if (count > _nearest.Length - Vector<T>.Count)
                Shrink();
        }

        void Shrink()
        {
            if (count < _k)
                return;
            _nearest.AsSpan(0, count).Sort();
            count = _k;
            limit = _nearest[_k - 1];
        }
    }
}
