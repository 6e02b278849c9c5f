using System.Globalization;

namespace TripletLoss;

/// <summary>How well the queries of one class found their matches: means over those that have any.</summary>
/// <param name="Label">The class.</param>
/// <param name="Queries">The number of its queries that have a match.</param>
/// <param name="PrecisionAt1">The share of queries whose nearest reference is a match.</param>
/// <param name="RPrecision">The mean share of matches among the R nearest.</param>
/// <param name="MeanAveragePrecisionAtR">MAP@R.</param>
/// <param name="MeanAveragePrecision">MAP over the full ranking.</param>
/// <param name="MeanReciprocalRank">The mean of 1 / rank of the nearest match.</param>
public readonly record struct ClassScore(
    long Label, int Queries, double PrecisionAt1, double RPrecision, double MeanAveragePrecisionAtR, double MeanAveragePrecision, double MeanReciprocalRank)
{
    /// <summary>The score in one line, the same in every culture.</summary>
    /// <returns>For instance <c>class 3, 24 queries: precision@1 0.9583, R-precision 0.7120, MAP@R 0.6544, MAP 0.7432, MRR 0.9792</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"class {Label}, {Queries} queries: precision@1 {PrecisionAt1:F4}, R-precision {RPrecision:F4}, MAP@R {MeanAveragePrecisionAtR:F4}, MAP {MeanAveragePrecision:F4}, MRR {MeanReciprocalRank:F4}");

    /// <summary>The means of scores; NaN of none.</summary>
    internal static ClassScore Mean(long label, IReadOnlyCollection<QueryScore> scores) => new(
        label, scores.Count, RetrievalReport.Mean(scores, score => score.FirstRank == 1 ? 1 : 0), RetrievalReport.Mean(scores, score => score.RPrecision),
        RetrievalReport.Mean(scores, score => score.AveragePrecisionAtR), RetrievalReport.Mean(scores, score => score.AveragePrecision),
        RetrievalReport.Mean(scores, score => 1.0 / score.FirstRank));
}
