using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Points whose squared Euclidean distances order as the distances asked for do, and their memory.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class RetrievalPoints<T>
    where T : unmanaged
{
    private readonly Tensor _norms;
    private readonly TensorMemory<T> _pointMemory;
    private readonly TensorMemory<T> _normMemory;

    private RetrievalPoints(PreparedPoints prepared)
    {
        Points = prepared.Points.contiguous();
        _norms = prepared.SquaredNorms.contiguous();
        _pointMemory = new TensorMemory<T>(Points);
        _normMemory = new TensorMemory<T>(_norms);
        ZeroVectors = prepared.Unit is { } unit ? unit.IsZero.reshape(-1).nonzero().reshape(-1).cpu().data<long>().ToArray() : [];
    }

    /// <summary>[n, d].</summary>
    public Tensor Points { get; }

    /// <summary>The points that the cosine distance gives no direction, in ascending order.</summary>
    public long[] ZeroVectors { get; }

    /// <summary>|x|² of each point.</summary>
    public ReadOnlySpan<T> SquaredNorms => _normMemory.First((int)_norms.shape[0]);

    /// <summary>Prepares queries and references together.</summary>
    public static (RetrievalPoints<T> Queries, RetrievalPoints<T> References) Of(RetrievalProblem problem)
    {
        using var scale = Scale(problem).ToScalar();
        var references = problem.ReferenceEmbeddings.mul(scale);
        var (prepared, preparedReferences) = PreparedPoints.Of(
            problem.Distance, problem.LeavesSelfOut ? references : problem.QueryEmbeddings.mul(scale),
            problem.LeavesSelfOut ? null : references, references.dtype);
        var points = new RetrievalPoints<T>(prepared);
        return (points, problem.LeavesSelfOut ? points : new RetrievalPoints<T>(preparedReferences));
    }

    /// <summary>A point.</summary>
    public ReadOnlySpan<T> Point(long index) => _pointMemory.Row(index);

    /// <summary>|x|² of a point.</summary>
    public T SquaredNorm(int index) => _normMemory.Row(index)[0];

    // A power of two that brings the largest coordinate near 1. It changes no order and no digit, and squares neither overflow nor vanish.
    private static double Scale(RetrievalProblem problem)
    {
        double largest = Math.Max(
            problem.QueryEmbeddings.abs().max().to_type(ScalarType.Float64).item<double>(),
            problem.ReferenceEmbeddings.abs().max().to_type(ScalarType.Float64).item<double>());
        int most = typeof(T) == typeof(double) ? 1020 : 120;
        return largest == 0 ? 1 : Math.ScaleB(1, Math.Clamp(-Math.ILogB(largest), -most, most));
    }
}
