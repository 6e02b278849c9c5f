using System.Globalization;
using System.Numerics;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The k nearest neighbours of embeddings, exactly: for search by embeddings, as long as the gallery fits into memory.</summary>
/// <remarks>
/// In tiles: memory is O(tile · N + N · d + Q · k). Where the rounding of a product could decide which of two references is nearer, and for the distances that are returned, distances are computed
/// from differences in float64. The products are made on the device of the embeddings, the rest on as many CPU threads as <c>torch.get_num_threads()</c> says. No gradient is computed.
/// </remarks>
public static class NearestNeighbours
{
    /// <summary>Finds the k references of a gallery that are nearest to each query.</summary>
    /// <param name="queries">[Q, d], float, finite.</param>
    /// <param name="gallery">[N, d], float, finite, on the device of the queries.</param>
    /// <param name="k">How many to find, at least 1.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default.</param>
    /// <param name="selfIndices">
    /// [Q], an integer for each query: the index of its own copy in the gallery, which it never finds, or −1 where it has none. Null, the default: no query is in the gallery.
    /// </param>
    /// <param name="progress">Told the share of queries done, in (0, 1], after each tile.</param>
    /// <param name="cancellationToken">Looked at before each tile.</param>
    /// <returns>
    /// Indices [Q, k], int64, into the gallery, and their distances [Q, k], float64 if one of the embeddings is and else float32, the nearest first and equally near ones by index; on the device of the
    /// queries. Where a query has fewer than k neighbours the rest are −1 at distance +∞.
    /// </returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device, or an embedding is not finite.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="queries"/> or <paramref name="gallery"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1, or Q · k more than an array holds.</exception>
    /// <exception cref="InvalidOperationException">A custom distance returned something else than a matrix of numbers.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <example><code>
    /// var gallery = torch.tensor(new float[,] { { 0 }, { 10 }, { 4 } });
    /// var (indices, distances) = NearestNeighbours.Search(torch.tensor(new float[,] { { 1 } }), gallery, k: 2, Distance.Euclidean);
    /// // indices is [[0, 2]], distances is [[1, 3]]
    /// </code></example>
    public static (Tensor Indices, Tensor Distances) Search(
        Tensor queries,
        Tensor gallery,
        int k,
        Distance? distance = null,
        Tensor? selfIndices = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        CountArgument.AtLeast(1, k, nameof(k));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var problem = new SearchProblem(queries, nameof(queries), gallery, nameof(gallery), distance, selfIndices);
        // From here on only what the scope holds is read.
        GC.KeepAlive(queries);
        GC.KeepAlive(gallery);
        GC.KeepAlive(selfIndices);
        if ((long)problem.QueryCount * k > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(k), string.Create(CultureInfo.InvariantCulture, $"k must be at most {Array.MaxLength / problem.QueryCount} for {problem.QueryCount} queries, whose neighbours would not fit into an array, got {k}."));
        }
        var (indices, distances) = problem.IsWide() ? Find<double>(problem, k, progress, cancellationToken) : Find<float>(problem, k, progress, cancellationToken);
        var device = problem.Queries.device;
        return (
            tensor(indices, [problem.QueryCount, k], device: device).MoveToOuterDisposeScope(),
            tensor(distances, [problem.QueryCount, k], device: device).to_type(problem.Queries.dtype).MoveToOuterDisposeScope());
    }

    private static (long[] Indices, double[] Distances) Find<T>(SearchProblem problem, int k, IProgress<double>? progress, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var indices = new long[(long)problem.QueryCount * k];
        var distances = new double[indices.Length];
        Array.Fill(indices, -1);
        Array.Fill(distances, double.PositiveInfinity);
        if (problem.QueryCount > 0 && problem.ReferenceCount > 0)
        {
            new QueryTiles<T>(problem, [.. Enumerable.Range(0, problem.QueryCount)]).ForEach(
                bounds => new RowNeighbours<T>(bounds, Math.Min(k, problem.ReferenceCount)), Write, progress, cancellationToken);
        }
        return (indices, distances);

        void Write(RowNeighbours<T> row, int number, int query)
        {
            var (positions, found) = row.Find(number, problem.Self(query));
            for (int i = 0; i < positions.Count; i++)
            {
                indices[(long)query * k + i] = positions[i];
                distances[(long)query * k + i] = row.Distance(found[i]);
            }
        }
    }
}
