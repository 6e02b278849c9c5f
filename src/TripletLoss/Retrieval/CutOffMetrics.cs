using System.Globalization;
using System.Text.Json.Serialization;

namespace TripletLoss;

/// <summary>What the k nearest references of a query hold: the metrics of information retrieval, means over the queries that have a match.</summary>
/// <param name="K">The cut-off k.</param>
/// <param name="Precision">P(k), the share of matches among the k nearest.</param>
/// <param name="Recall">The share of the query's R matches that are among the k nearest. <see cref="RetrievalReport.RecallAt"/> asks for one of them only, as metric learning does.</param>
/// <param name="MeanAveragePrecision">MAP@k: Σ P(i) over the ranks i ≤ k of matches, divided by min(k, R).</param>
/// <param name="MeanReciprocalRank">MRR@k: 1 / rank of the nearest match, 0 where that is beyond k.</param>
/// <param name="Ndcg">The normalised discounted cumulative gain: Σ 1 / log₂(i + 1) over the ranks i ≤ k of matches, divided by the most it can be.</param>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public readonly record struct CutOffMetrics(int K, double Precision, double Recall, double MeanAveragePrecision, double MeanReciprocalRank, double Ndcg)
{
    /// <summary>The metrics in one line, the same in every culture.</summary>
    /// <returns>For instance <c>at 5: precision 0.8000, recall 0.4000, MAP 0.3933, MRR 1.0000, NDCG 0.8539</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"at {K}: precision {Precision:F4}, recall {Recall:F4}, MAP {MeanAveragePrecision:F4}, MRR {MeanReciprocalRank:F4}, NDCG {Ndcg:F4}");

    /// <summary>The figures of a query whose matches have these ranks, in ascending order.</summary>
    internal static CutOffMetrics Of(int k, ReadOnlySpan<int> ranks)
    {
        int found = 0;
        double precisions = 0, gain = 0;
        for (; found < ranks.Length && ranks[found] <= k; found++)
        {
            precisions += (found + 1.0) / ranks[found];
            gain += 1 / Math.Log2(ranks[found] + 1.0);
        }
        int most = Math.Min(k, ranks.Length);
        double mostGain = 0;
        for (int rank = 1; rank <= most; rank++)
            mostGain += 1 / Math.Log2(rank + 1.0);
        return new CutOffMetrics(k, found / (double)k, found / (double)ranks.Length, precisions / most, found > 0 ? 1.0 / ranks[0] : 0, gain / mostGain);
    }

    /// <summary>The means of the figures of queries; NaN of none.</summary>
    internal static CutOffMetrics Mean(int k, IReadOnlyCollection<CutOffMetrics> figures) => new(
        k, RetrievalReport.Mean(figures, each => each.Precision), RetrievalReport.Mean(figures, each => each.Recall),
        RetrievalReport.Mean(figures, each => each.MeanAveragePrecision), RetrievalReport.Mean(figures, each => each.MeanReciprocalRank),
        RetrievalReport.Mean(figures, each => each.Ndcg));

    /// <summary>The means of means over so many queries each; NaN over none.</summary>
    internal static CutOffMetrics Mean(int k, IReadOnlyList<(int Queries, CutOffMetrics Figures)> parts)
    {
        return new(
            k, Over(each => each.Precision), Over(each => each.Recall), Over(each => each.MeanAveragePrecision), Over(each => each.MeanReciprocalRank), Over(each => each.Ndcg));

        // A part without queries is NaN.
        double Over(Func<CutOffMetrics, double> figure) =>
            parts.Where(part => part.Queries > 0).Sum(part => part.Queries * figure(part.Figures)) / parts.Sum(part => part.Queries);
    }
}
