using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Points whose squared Euclidean distances order as the catalogue's distances do: for a product in <typeparamref name="T"/>, and for exact differences.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ScaledPoints<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Of the largest coordinate for the exact differences: their squares do not overflow, nor vanish where coordinates are 10¹⁴⁰ times smaller.
    private const int ExactExponent = 480;

    private readonly Distance _distance;
    private readonly bool[] _isZeroQuery;
    private readonly bool[] _isZeroReference;
    private readonly SquaredDifferences _differences;
    private readonly int _exactExponent;
    private readonly double _toProduct;

    public ScaledPoints(SearchProblem problem)
    {
        var type = typeof(T) == typeof(double) ? float64 : float32;
        var (queries, gallery) = (problem.Queries.cpu(), problem.IsOneSet ? null : problem.Gallery.cpu());
        _distance = problem.Distance;
        int magnitude = _distance.OfUnitVectors ? 0 : Math.Max(Magnitude(queries), gallery is null ? int.MinValue : Magnitude(gallery));
        int most = type == float64 ? 1020 : 120;
        int exponent = Math.Clamp(-magnitude, -most, most);
        _exactExponent = Math.Clamp(ExactExponent - magnitude, -1020, 1020);
        _toProduct = Math.ScaleB(1, 2 * (exponent - _exactExponent));

        var (prepared, preparedGallery) = PreparedPoints.Of(
            _distance, Scaled(queries, exponent, type), gallery is null ? null : Scaled(gallery, exponent, type), type);
        (Queries, References) = (prepared.Points.to(problem.Queries.device), preparedGallery.Points.to(problem.Queries.device));
        (QueryNorms, ReferenceNorms) = (Norms(prepared), Norms(preparedGallery));
        (_isZeroQuery, _isZeroReference) = (ZeroVectors(prepared), ZeroVectors(preparedGallery));
        var exact = Scaled(prepared.Unit?.Directions ?? queries, _exactExponent, float64);
        var exactGallery = gallery is null ? exact : Scaled(preparedGallery.Unit?.Directions ?? gallery, _exactExponent, float64);
        _differences = new SquaredDifferences(exact, exactGallery);
        FirstSame = IdenticalRows.FirstOfEach(exactGallery.contiguous());
    }

    /// <summary>[Q, d] on the device of the embeddings.</summary>
    public Tensor Queries { get; }

    /// <summary>[N, d] there.</summary>
    public Tensor References { get; }

    /// <summary>|a|² of each query.</summary>
    public T[] QueryNorms { get; }

    /// <summary>|n|² of each reference.</summary>
    public T[] ReferenceNorms { get; }

    /// <summary>For each reference the first that is the same as it; null where all differ.</summary>
    public int[]? FirstSame { get; }

    /// <summary>The squared distance of a pair from differences, in a scale of its own.</summary>
    public double Exact(int query, int reference) => IsZero(_isZeroQuery, query) || IsZero(_isZeroReference, reference)
        ? Math.ScaleB(2, 2 * _exactExponent)
        : _differences.Between(query, reference);

    /// <summary>An exact squared distance in the scale of the points.</summary>
    public T InScale(double exact) => T.CreateTruncating(exact * _toProduct);

    /// <summary>The distance that a user asked for, of an exact squared one.</summary>
    public double Distance(double exact) => _distance.Scale switch
    {
        DistanceScale.Root => Math.ScaleB(Math.Sqrt(exact), -_exactExponent),
        DistanceScale.HalfSquared => Math.ScaleB(exact, -2 * _exactExponent - 1),
        _ => Math.ScaleB(exact, -2 * _exactExponent),
    };

    // Summed in float64 and rounded once.
    private static T[] Norms(PreparedPoints points)
    {
        if (points.Unit is not null)
            return HostCopy.Of<T>(points.SquaredNorms);
        var wide = points.Points.to_type(float64);
        return HostCopy.Of<T>(wide.mul(wide).sum(1).to_type(points.Points.dtype));
    }

    private static bool IsZero(bool[] flags, int index) => flags.Length > 0 && flags[index];

    // Only the cosine distance treats zero vectors in a way of its own: they are at distance 1 of everything.
    private static bool[] ZeroVectors(PreparedPoints points) => points.Unit is { } unit ? HostCopy.Of<bool>(unit.IsZero) : [];

    private static int Magnitude(Tensor points)
    {
        double largest = points.abs().max().to_type(float64).item<double>();
        return largest == 0 ? 0 : Math.ILogB(largest);
    }

    // By a power of two, which changes no order and no digit.
    private static Tensor Scaled(Tensor points, int exponent, ScalarType type)
    {
        using var factor = Math.ScaleB(1, exponent).ToScalar();
        return points.to_type(type).mul(factor);
    }
}
