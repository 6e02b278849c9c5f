using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// Tiles of the catalogue's distances, all of which order references as squared Euclidean distances of prepared points do: |a|² + |n|² − 2 a·n by
/// one product, and where too little is left of that, from differences.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class EuclideanTileDistances<T> : TileDistances<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Below this share of |a|² + |n|² the rounding of the product shows in a distance.
    private static readonly T TooNear = T.CreateTruncating(typeof(T) == typeof(double) ? 1e-9 : 1e-4);

    // 1 − cos is half of the squared distance of directions.
    private static readonly T OfZeroVectors = T.CreateTruncating(2);

    private readonly RetrievalProblem _problem;
    private readonly RetrievalPoints<T> _queries;
    private readonly RetrievalPoints<T> _references;
    private readonly Tensor _products;
    private readonly TensorMemory<T> _rows;
    private int _first;

    public EuclideanTileDistances(RetrievalProblem problem, int mostRows)
    {
        _problem = problem;
        (_queries, _references) = RetrievalPoints<T>.Of(problem);
        _products = empty(mostRows, problem.ReferenceCount, _references.Points.dtype);
        _rows = new TensorMemory<T>(_products);
    }

    /// <inheritdoc/>
    public override void Fill(int first, int count)
    {
        _first = first;
        var queries = Select(_queries.Points, _problem, first, count);
        _products.narrow(0, 0, count).addmm_(queries, _references.Points.t(), beta: 0, alpha: -2);
    }

    /// <inheritdoc/>
    public override Span<T> Row(int row)
    {
        int query = _problem.Queries[_first + row];
        var distances = _rows.Row(row);
        T norm = _queries.SquaredNorm(query);
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(distances);
        var norms = MemoryMarshal.Cast<T, Vector<T>>(_references.SquaredNorms);
        for (int i = 0; i < vectors.Length; i++)
        {
            var sums = norms[i] + new Vector<T>(norm);
            vectors[i] += sums;
            if (Vector.LessThanAny(vectors[i], sums * TooNear))
                ReplaceNearest(query, distances, i * Vector<T>.Count, Vector<T>.Count);
        }
        int rest = vectors.Length * Vector<T>.Count;
        for (int i = rest; i < distances.Length; i++)
            distances[i] += norm + _references.SquaredNorms[i];
        ReplaceNearest(query, distances, rest, distances.Length - rest);
        ReplaceZeroVectors(query, distances);
        return distances;
    }

    private void ReplaceNearest(int query, Span<T> distances, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            if (distances[i] < TooNear * (_queries.SquaredNorm(query) + _references.SquaredNorms[i]))
                distances[i] = SquaredDifference(_queries.Point(query), _references.Point(i));
        }
    }

    private void ReplaceZeroVectors(int query, Span<T> distances)
    {
        foreach (long reference in _references.ZeroVectors)
            distances[(int)reference] = OfZeroVectors;
        if (Array.BinarySearch(_queries.ZeroVectors, query) >= 0)
            distances.Fill(OfZeroVectors);
    }

    private static T SquaredDifference(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
    {
        var first = MemoryMarshal.Cast<T, Vector<T>>(a);
        var second = MemoryMarshal.Cast<T, Vector<T>>(b);
        var sums = Vector<T>.Zero;
        for (int i = 0; i < first.Length; i++)
        {
            var difference = first[i] - second[i];
            sums += difference * difference;
        }
        T sum = Vector.Sum(sums);
        for (int i = first.Length * Vector<T>.Count; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
