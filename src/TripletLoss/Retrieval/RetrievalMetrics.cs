using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// How well embeddings find their own class: recall@k, precision@1, R-precision, MAP@R, mean average precision and mean reciprocal rank of nearest
/// neighbours (Musgrave, Belongie and Lim, "A Metric Learning Reality Check", 2020). <see cref="RetrievalReport"/> defines them.
/// </summary>
/// <remarks>
/// <para>
/// Exact, in tiles: memory is O(tile · N + N · d), never N × N. References at equal distance are ranked in their order. Half types are computed in
/// float32. The Euclidean distances do not suffer from an offset that all embeddings share, and near neighbours are compared by differences. On
/// the CPU the rows of a tile are ranked on as many threads as <c>torch.get_num_threads()</c> says, on a GPU by tensor operations. No gradient is computed.
/// </para>
/// </remarks>
public static class RetrievalMetrics
{
    /// <summary>Lets each sample look for the others of its class: every embedding is a query, and all but itself are the references.</summary>
    /// <param name="labels">[N] or [N, 1], any integer type.</param>
    /// <param name="embeddings">[N, d], float, finite, on the same device.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default, which ranks as <see cref="Distance.Euclidean"/> does.</param>
    /// <param name="progress">Told the share of queries done, in (0, 1], after each tile.</param>
    /// <returns>The metrics; samples alone in their class are left out and counted.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device, an embedding is not finite, or no sample has a match.</exception>
    /// <exception cref="InvalidOperationException">A custom distance returned something else than a matrix of numbers.</exception>
    /// <example><code>
    /// var report = RetrievalMetrics.LeaveOneOut(torch.tensor(new long[] { 0, 0, 1, 1 }), torch.tensor(new float[,] { { 0 }, { 1 }, { 3 }, { 4 } }));
    /// // report.RecallAt(1) is 1, report.MeanAveragePrecisionAtR is 1
    /// </code></example>
    public static RetrievalReport LeaveOneOut(
        Tensor labels, Tensor embeddings, Distance? distance = null, IProgress<double>? progress = null) =>
        Evaluate(new LabelledEmbeddings(labels, embeddings, nameof(labels), nameof(embeddings)), null, distance, progress);

    /// <summary>Lets each query look for its class in a gallery.</summary>
    /// <param name="queryLabels">[Q] or [Q, 1], any integer type.</param>
    /// <param name="queryEmbeddings">[Q, d], float, finite.</param>
    /// <param name="galleryLabels">[N] or [N, 1], any integer type.</param>
    /// <param name="galleryEmbeddings">[N, d], float, finite, on the device of the queries.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default.</param>
    /// <param name="progress">Told the share of queries done, in (0, 1], after each tile.</param>
    /// <returns>The metrics; queries whose label the gallery does not hold are left out and counted.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device, an embedding is not finite, or no query has a match.</exception>
    /// <exception cref="InvalidOperationException">A custom distance returned something else than a matrix of numbers.</exception>
    public static RetrievalReport QueryAgainstGallery(
        Tensor queryLabels,
        Tensor queryEmbeddings,
        Tensor galleryLabels,
        Tensor galleryEmbeddings,
        Distance? distance = null,
        IProgress<double>? progress = null) => Evaluate(
            new LabelledEmbeddings(queryLabels, queryEmbeddings, nameof(queryLabels), nameof(queryEmbeddings)),
            new LabelledEmbeddings(galleryLabels, galleryEmbeddings, nameof(galleryLabels), nameof(galleryEmbeddings)),
            distance, progress);

    private static RetrievalReport Evaluate(
        LabelledEmbeddings queries, LabelledEmbeddings? gallery, Distance? distance, IProgress<double>? progress)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var problem = new RetrievalProblem(queries, gallery, distance);
        return RetrievalReport.Of(problem, MatchRanker.Of(problem).Score(progress));
    }
}
