using System.Globalization;
using System.Numerics;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// How well embeddings find their own class: recall@k, precision@1, R-precision, MAP@R, mean average precision and mean reciprocal rank of nearest
/// neighbours (Musgrave, Belongie and Lim, "A Metric Learning Reality Check", 2020), and the metrics of information retrieval at a cut-off. <see cref="RetrievalReport"/> defines them.
/// </summary>
/// <remarks>
/// <para>
/// Exact, in tiles: memory is O(tile · N + N · d), never N × N. Where the rounding of a product could decide which of two references is nearer, their distances are computed from differences in
/// float64. Half types are computed in float32. The products are made on the device of the embeddings, the rows of a tile ranked on as many CPU threads as <c>torch.get_num_threads()</c> says.
/// No gradient is computed.
/// </para>
/// <para>
/// References at equal distance are ranked in their order. A collapsed network, for which all are equal, therefore gets metrics that depend on the order of the samples alone: shuffle
/// them first, or look at a <see cref="TripletReport"/>, if that is possible.
/// </para>
/// </remarks>
public static partial class RetrievalMetrics
{
    private static readonly int[] DefaultCutOffs = [1, 5, 10];

    /// <summary>Measures how well each sample finds the others of its class: every embedding is a query, and all the others are its references.</summary>
    /// <param name="labels">[N] or [N, 1], any integer type.</param>
    /// <param name="embeddings">[N, d], float, finite, on the same device.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default, which ranks as <see cref="Distance.Euclidean"/> does.</param>
    /// <param name="ignore">[N], integers: samples of one label and one group never meet, such as frames of one video. Null, the default: all others meet.</param>
    /// <param name="cutOffs">The ranks k for <see cref="RetrievalReport.At"/>, each at least 1; 1, 5 and 10 by default.</param>
    /// <param name="progress">Told the share of queries done, in (0, 1], after each tile.</param>
    /// <param name="cancellationToken">Looked at before each tile.</param>
    /// <returns>The metrics; samples without a match are left out and counted.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device, an embedding is not finite, or a cut-off is below 1.</exception>
    /// <exception cref="ArgumentNullException">Labels or embeddings are null.</exception>
    /// <exception cref="InvalidOperationException">A custom distance returned something else than a matrix of numbers.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <example><code>
    /// var report = RetrievalMetrics.LeaveOneOut(torch.tensor(new long[] { 0, 0, 1, 1 }), torch.tensor(new float[,] { { 0 }, { 1 }, { 3 }, { 4 } }));
    /// // report.RecallAt(1) is 1, report.MeanAveragePrecisionAtR is 1
    /// </code></example>
    public static RetrievalReport LeaveOneOut(
        Tensor labels,
        Tensor embeddings,
        Distance? distance = null,
        Tensor? ignore = null,
        IReadOnlyList<int>? cutOffs = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default) => Evaluate(
            new LabelledEmbeddings(labels, embeddings, nameof(labels), nameof(embeddings)), null,
            new RetrievalOptions(distance, null, ignore is null ? null : (ignore, ignore), cutOffs), progress, cancellationToken);

    /// <summary>Measures how well each query finds its class in a gallery.</summary>
    /// <param name="queryLabels">[Q] or [Q, 1], any integer type.</param>
    /// <param name="queryEmbeddings">[Q, d], float, finite.</param>
    /// <param name="galleryLabels">[N] or [N, 1], any integer type.</param>
    /// <param name="galleryEmbeddings">[N, d], float, finite, on the device of the queries.</param>
    /// <param name="distance">The distance; <see cref="Distance.SquaredEuclidean"/> by default.</param>
    /// <param name="selfIndices">
    /// [Q], an integer for each query: the index of its own copy in the gallery, which it never finds, or −1 where it has none. Null, the default: no query is in the gallery. A query that is, and
    /// is not declared here, finds itself first, and every metric is too good.
    /// </param>
    /// <param name="ignore">
    /// The groups of the queries [Q] and of the gallery [N], integers: pairs with the same label and the same group are ignored, like those of one camera in re-identification. Null, the default: none.
    /// </param>
    /// <param name="cutOffs">The ranks k for <see cref="RetrievalReport.At"/>, each at least 1; 1, 5 and 10 by default.</param>
    /// <param name="progress">Told the share of queries done, in (0, 1], after each tile.</param>
    /// <param name="cancellationToken">Looked at before each tile.</param>
    /// <returns>The metrics; queries without a match in the gallery are left out and counted.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device, an embedding is not finite, or a cut-off is below 1.</exception>
    /// <exception cref="ArgumentNullException">Labels or embeddings are null.</exception>
    /// <exception cref="InvalidOperationException">A custom distance returned something else than a matrix of numbers.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RetrievalReport QueryAgainstGallery(
        Tensor queryLabels,
        Tensor queryEmbeddings,
        Tensor galleryLabels,
        Tensor galleryEmbeddings,
        Distance? distance = null,
        Tensor? selfIndices = null,
        (Tensor Queries, Tensor Gallery)? ignore = null,
        IReadOnlyList<int>? cutOffs = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default) => Evaluate(
            new LabelledEmbeddings(queryLabels, queryEmbeddings, nameof(queryLabels), nameof(queryEmbeddings)),
            new LabelledEmbeddings(galleryLabels, galleryEmbeddings, nameof(galleryLabels), nameof(galleryEmbeddings)),
            new RetrievalOptions(distance, selfIndices, ignore, cutOffs), progress, cancellationToken);

    private static RetrievalReport Evaluate(
        LabelledEmbeddings queries, LabelledEmbeddings? gallery, RetrievalOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int[] cutOffs = [.. options.CutOffs ?? DefaultCutOffs];
        if (Array.FindIndex(cutOffs, k => k < 1) is >= 0 and var wrong)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"cutOffs must be at least 1, got {cutOffs[wrong]} at index {wrong}."), nameof(cutOffs));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var problem = new RetrievalProblem(queries, gallery, options);
        // From here on only what the scope holds is read.
        GC.KeepAlive(queries);
        GC.KeepAlive(gallery);
        GC.KeepAlive(options);
        return problem.Search.IsWide(problem.HasManyMatches)
            ? Report<double>(problem, cutOffs, progress, cancellationToken)
            : Report<float>(problem, cutOffs, progress, cancellationToken);
    }

    private static RetrievalReport Report<T>(RetrievalProblem problem, int[] cutOffs, IProgress<double>? progress, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var scores = new QueryScore[problem.Queries.Length];
        var figures = Array.ConvertAll(cutOffs, _ => new CutOffMetrics[scores.Length]);
        if (scores.Length > 0)
        {
            new QueryTiles<T>(problem.Search, problem.Queries).ForEach(
                distances => new RowScorer<T>(problem, distances), Score, progress, cancellationToken);
        }
        return new RetrievalReport(problem, scores, [.. cutOffs.Select((k, index) => CutOffMetrics.Mean(k, figures[index]))]);

        void Score(RowScorer<T> scorer, int row, int number)
        {
            int query = problem.Queries[number];
            var ranks = scorer.Ranks(row, query);
            scores[number] = QueryScore.Of(query, problem.QueryLabels[query], ranks);
            for (int i = 0; i < cutOffs.Length; i++)
                figures[i][number] = CutOffMetrics.Of(cutOffs[i], ranks);
        }
    }
}
