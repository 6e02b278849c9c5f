using System.Numerics;

namespace TripletLoss;

/// <summary>The bounds of one query's distances, and the exact ones that have been asked for; one for each thread.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class BoundedRow<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DistanceBounds<T> _distances;
    private readonly T[] _lower;
    private readonly T[] _upper;
    private readonly int[]? _firstSame;

    // NaN where nobody has asked.
    private readonly double[] _exact;
    private readonly List<int> _asked = [];
    private int _row;

    public BoundedRow(DistanceBounds<T> distances)
    {
        _distances = distances;
        _firstSame = distances.FirstSame;
        _lower = new T[distances.ReferenceCount];
        _upper = new T[distances.ReferenceCount];
        _exact = new double[distances.ReferenceCount];
        Array.Fill(_exact, double.NaN);
    }

    /// <summary>What no distance is below; NaN for references that are left out.</summary>
    public ReadOnlySpan<T> Lower => _lower;

    /// <summary>What no distance is above; NaN for references that are left out.</summary>
    public ReadOnlySpan<T> Upper => _upper;

    /// <summary>No bounds are farther apart than this.</summary>
    public T Widest => _distances.Widest(_row);

    /// <summary>Turns to a row of the tile.</summary>
    public void Read(int row)
    {
        _row = row;
        _distances.Read(row, _lower, _upper);
        foreach (int reference in _asked)
            _exact[reference] = double.NaN;
        _asked.Clear();
    }

    /// <summary>Leaves a reference out, so that it is neither before nor after another.</summary>
    public void LeaveOut(int reference) => _lower[reference] = _upper[reference] = T.NaN;

    /// <summary>A reference's exact distance; computed once for those that are the same.</summary>
    public double Exact(int reference)
    {
        if (_firstSame is not null)
            reference = _firstSame[reference];
        if (double.IsNaN(_exact[reference]))
        {
            _exact[reference] = _distances.Exact(_row, reference);
            _asked.Add(reference);
        }
        return _exact[reference];
    }

    /// <summary>An exact distance in the bounds' scale and type.</summary>
    public T AmongBounds(double exact) => _distances.AmongBounds(exact);
}
