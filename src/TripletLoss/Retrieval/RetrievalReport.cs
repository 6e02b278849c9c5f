using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace TripletLoss;

/// <summary>The retrieval metrics of a set of queries.</summary>
/// <remarks>
/// A match of a query is a reference with its label, except for its own copy and ignored pairs. R is the number of a query's matches, rank counts from 1 at the nearest reference, P(i) is the
/// share of matches among the i nearest. Every metric except <see cref="RecallAt"/> is a mean over the queries that have a match. All are between 0 and 1, and NaN where no query has a match; <c>JsonSerializer</c> writes that as <c>"NaN"</c>.
/// </remarks>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed class RetrievalReport
{
    private static readonly int[] ShownRecalls = [1, 2, 4, 8];

    private readonly int[] _firstRanks;
    private readonly CutOffMetrics[] _cutOffs;

    internal RetrievalReport(RetrievalProblem problem, QueryScore[] scores, CutOffMetrics[] cutOffs)
        : this(
            problem.QueryLabels.Length, problem.Search.ReferenceCount - (problem.Search.IsOneSet && problem.QueryLabels.Length > 0 ? 1 : 0), problem.Warning, scores, cutOffs)
    {
    }

    internal RetrievalReport(int queries, int references, string? warning, QueryScore[] scores, CutOffMetrics[] cutOffs)
    {
        (Queries, QueriesWithoutMatch, References, Warning) = (queries, queries - scores.Length, references, warning);
        _firstRanks = Array.ConvertAll(scores, score => score.FirstRank);
        _cutOffs = cutOffs;
        var all = ClassScore.Mean(0, scores);
        (PrecisionAt1, RPrecision, MeanAveragePrecisionAtR) = (all.PrecisionAt1, all.RPrecision, all.MeanAveragePrecisionAtR);
        (MeanAveragePrecision, MeanReciprocalRank) = (all.MeanAveragePrecision, all.MeanReciprocalRank);
        QueryScores = Array.AsReadOnly(scores.OrderBy(score => score.AveragePrecision).ThenBy(score => score.Query).ToArray());
        ClassScores = Array.AsReadOnly(scores.GroupBy(score => score.Label).Select(own => ClassScore.Mean(own.Key, own.ToArray()))
            .OrderBy(score => score.MeanAveragePrecision).ThenBy(score => score.Label).ToArray());
    }

    /// <summary>The number of queries, those without a match included.</summary>
    public int Queries { get; }

    /// <summary>The number of queries that have no match.</summary>
    public int QueriesWithoutMatch { get; }

    /// <summary>The number of references: of the gallery, or of all samples but the query.</summary>
    public int References { get; }

    /// <summary>Why no query has a match, so that the metrics are NaN; null where one has.</summary>
    public string? Warning { get; }

    /// <summary>The share of queries whose nearest reference is a match.</summary>
    public double PrecisionAt1 { get; }

    /// <summary>The mean share of matches among the R nearest: P(R).</summary>
    public double RPrecision { get; }

    /// <summary>MAP@R: the mean of 1/R Σ P(i) over the ranks i ≤ R of matches. The one that best tells good embeddings from very good ones.</summary>
    public double MeanAveragePrecisionAtR { get; }

    /// <summary>MAP over the full ranking: the mean of 1/R Σ P(i) over the ranks i of all matches.</summary>
    public double MeanAveragePrecision { get; }

    /// <summary>The mean of 1 / rank of the nearest match.</summary>
    public double MeanReciprocalRank { get; }

    /// <summary>The queries that have a match, the worst first: by average precision, and equal ones by index.</summary>
    public IReadOnlyList<QueryScore> QueryScores { get; }

    /// <summary>The classes of these queries, the worst first: by mean average precision, and equal ones by label.</summary>
    public IReadOnlyList<ClassScore> ClassScores { get; }

    /// <summary>The metrics at every cut-off that was asked for, in that order.</summary>
    public IReadOnlyList<CutOffMetrics> CutOffs => Array.AsReadOnly(_cutOffs);

    /// <summary>Combines reports on parts of the queries, against the same references, into one.</summary>
    /// <param name="reports">The reports; the queries of the second come after those of the first, and so on.</param>
    /// <returns>The report that all queries at once would have.</returns>
    /// <exception cref="ArgumentException">There are none, or they differ in the number of references or in their cut-offs.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="reports"/> or one of them is null.</exception>
    /// <example><code>
    /// var first = RetrievalMetrics.QueryAgainstGallery(labels.narrow(0, 0, 8), embeddings.narrow(0, 0, 8), pastLabels, pastEmbeddings);
    /// var rest = RetrievalMetrics.QueryAgainstGallery(labels.narrow(0, 8, 8), embeddings.narrow(0, 8, 8), pastLabels, pastEmbeddings);
    /// var all = RetrievalReport.Merge([first, rest]);
    /// </code></example>
    public static RetrievalReport Merge(IReadOnlyList<RetrievalReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        if (reports.Count == 0)
            throw new ArgumentException("reports must hold at least one report, got none.", nameof(reports));
        var first = reports[0];
        foreach (var report in reports)
        {
            ArgumentNullException.ThrowIfNull(report, nameof(reports));
            if (report.References != first.References)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"reports must be against the same references, got some against {first.References} and some against {report.References}."), nameof(reports));
            if (!report._cutOffs.Select(figures => figures.K).SequenceEqual(first._cutOffs.Select(figures => figures.K)))
                throw new ArgumentException("reports must have the same cut-offs.", nameof(reports));
        }
        var scores = new List<QueryScore>();
        int queries = 0;
        foreach (var report in reports)
        {
            scores.AddRange(report.QueryScores.OrderBy(score => score.Query).Select(score => score with { Query = score.Query + queries }));
            queries += report.Queries;
        }
        return new RetrievalReport(
            queries, first.References, scores.Count > 0 ? null : first.Warning, [.. scores],
            [.. first._cutOffs.Select((figures, index) => CutOffMetrics.Mean(figures.K, [.. reports.Select(report => (report.QueryScores.Count, report._cutOffs[index]))]))]);
    }

    /// <summary>
    /// The share of all queries that have a match among their k nearest references, which metric learning calls recall@k. A query without any match counts as a miss here, as is customary;
    /// multiply by Queries / (Queries − QueriesWithoutMatch) for the share of the others.
    /// </summary>
    /// <param name="k">How many references to look at, at least 1; more than there are means all.</param>
    /// <returns>The recall, between 0 and 1; NaN where no query has a match.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public double RecallAt(int k)
    {
        CountArgument.AtLeast(1, k, nameof(k));
        return _firstRanks.Length == 0 ? double.NaN : (double)_firstRanks.Count(rank => rank <= k) / Queries;
    }

    /// <summary>Precision, recall, MAP, MRR and NDCG of the k nearest.</summary>
    /// <param name="k">One of the cut-offs that the metrics were asked for: 1, 5 and 10 by default.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentException"><paramref name="k"/> was not asked for.</exception>
    public CutOffMetrics At(int k)
    {
        int index = Array.FindIndex(_cutOffs, figures => figures.K == k);
        return index >= 0
            ? _cutOffs[index]
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"k must be one of the cut-offs, {string.Join(", ", _cutOffs.Select(figures => figures.K))}, got {k}. Pass it in cutOffs."), nameof(k));
    }

    /// <summary>All metrics over the full ranking as a small table, with the recall at 1, 2, 4 and 8.</summary>
    public override string ToString()
    {
        var table = new StringBuilder();
        AddCount("queries", Queries);
        AddCount("queries without a match", QueriesWithoutMatch);
        AddCount("references", References);
        AddShare("precision@1", PrecisionAt1);
        AddShare("R-precision", RPrecision);
        AddShare("MAP@R", MeanAveragePrecisionAtR);
        AddShare("mean average precision", MeanAveragePrecision);
        AddShare("mean reciprocal rank", MeanReciprocalRank);
        foreach (int k in ShownRecalls)
            AddShare($"recall@{k}", RecallAt(k));
        return table.Append(Warning).ToString().TrimEnd();

        void AddCount(string name, int count) => AddLine(name, count.ToString("N0", CultureInfo.InvariantCulture));
        void AddShare(string name, double share) => AddLine(name, share.ToString("F4", CultureInfo.InvariantCulture));
        void AddLine(string name, string value) => table.Append($"{name,-24}{value,10}\n");
    }

    /// <summary>The mean of a figure; NaN of none.</summary>
    internal static double Mean<T>(IReadOnlyCollection<T> items, Func<T, double> figure) => items.Count == 0 ? double.NaN : items.Average(figure);
}
