using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The catalogue's distances: |a|² + |n|² − 2 a·n by one product on the embeddings' device, give or take its rounding.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ProductBounds<T> : DistanceBounds<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ScaledPoints<T> _points;
    private readonly Tensor _products;
    private readonly T _largestNorm;
    private readonly T _rounding;
    private readonly T _underflow;
    private int[] _queries = [];
    private Tensor? _onHost;
    private TensorMemory<T> _rows;

    public ProductBounds(SearchProblem problem, int mostRows)
    {
        _points = new ScaledPoints<T>(problem);
        _products = empty([mostRows, problem.ReferenceCount], _points.References.dtype, problem.Queries.device);
        _largestNorm = _points.ReferenceNorms.Max();
        long dim = problem.Queries.size(1);
        // What d roundings of the product can do, as a share of |a|² + |n|², and of the norms where these are no wider; and those of the points and of sums.
        long sums = typeof(T) == typeof(double) ? 2 * dim : dim;
        _rounding = T.CreateTruncating((sums + 24) * UnitRoundoff(problem.Queries.device));
        _underflow = T.CreateTruncating((dim + 8) * Math.ScaleB(1, typeof(T) == typeof(double) ? -1018 : -122));
    }

    /// <inheritdoc/>
    public override int ReferenceCount => _points.ReferenceNorms.Length;

    /// <inheritdoc/>
    public override bool AreExact => false;

    /// <inheritdoc/>
    public override int[]? FirstSame => _points.FirstSame;

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<int> queries)
    {
        _queries = queries.ToArray();
        var products = _products.narrow(0, 0, queries.Length);
        products.addmm_(SearchProblem.Select(_points.Queries, queries), _points.References.t(), beta: 0, alpha: -2);
        _onHost = products.cpu();
        _rows = new TensorMemory<T>(_onHost);
    }

    /// <inheritdoc/>
    public override void Read(int row, Span<T> lower, Span<T> upper)
    {
        T norm = _points.QueryNorms[_queries[row]];
        var products = _rows.Row(row);
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(products);
        var norms = MemoryMarshal.Cast<T, Vector<T>>(_points.ReferenceNorms);
        var lowers = MemoryMarshal.Cast<T, Vector<T>>(lower);
        var uppers = MemoryMarshal.Cast<T, Vector<T>>(upper);
        for (int i = 0; i < vectors.Length; i++)
        {
            var sums = norms[i] + new Vector<T>(norm);
            var distances = vectors[i] + sums;
            var errors = sums * _rounding + new Vector<T>(_underflow);
            lowers[i] = distances - errors;
            uppers[i] = distances + errors;
        }
        for (int i = vectors.Length * Vector<T>.Count; i < products.Length; i++)
        {
            T distance = products[i] + (_points.ReferenceNorms[i] + norm);
            T error = Error(norm, _points.ReferenceNorms[i]);
            (lower[i], upper[i]) = (distance - error, distance + error);
        }
    }

    /// <inheritdoc/>
    public override T Widest(int row) => T.CreateTruncating(3) * Error(_points.QueryNorms[_queries[row]], _largestNorm);

    /// <inheritdoc/>
    public override double Exact(int row, int reference) => _points.Exact(_queries[row], reference);

    /// <inheritdoc/>
    public override T AmongBounds(double exact) => _points.InScale(exact);

    /// <inheritdoc/>
    public override double Distance(double exact) => _points.Distance(exact);

    private T Error(T first, T second) => (first + second) * _rounding + _underflow;

    // A GPU may have been told to keep ten digits of a product's factors only.
    private static double UnitRoundoff(Device device) => typeof(T) == typeof(double) ? Math.ScaleB(1, -53)
        : device.type == DeviceType.CUDA && backends.cuda.matmul.allow_tf32 ? Math.ScaleB(1, -10)
        : Math.ScaleB(1, -24);
}
