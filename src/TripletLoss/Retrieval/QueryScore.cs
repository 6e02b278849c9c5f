using System.Globalization;

namespace TripletLoss;

/// <summary>How well one query found its matches.</summary>
/// <param name="Query">The index of the query.</param>
/// <param name="Label">Its label.</param>
/// <param name="Matches">The number R of its matches, at least 1.</param>
/// <param name="FirstRank">The rank of the nearest match, from 1.</param>
/// <param name="RPrecision">The share of matches among the R nearest.</param>
/// <param name="AveragePrecisionAtR">1/R Σ P(i) over the ranks i ≤ R of matches.</param>
/// <param name="AveragePrecision">1/R Σ P(i) over the ranks i of all matches.</param>
public readonly record struct QueryScore(
    int Query, long Label, int Matches, int FirstRank, double RPrecision, double AveragePrecisionAtR, double AveragePrecision)
{
    /// <summary>The score in one line, the same in every culture.</summary>
    /// <returns>For instance <c>query 17, class 3: first match at rank 2, 23 matches, R-precision 0.6522, AP@R 0.5210, AP 0.6633</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"query {Query}, class {Label}: first match at rank {FirstRank}, {Matches} matches, R-precision {RPrecision:F4}, AP@R {AveragePrecisionAtR:F4}, AP {AveragePrecision:F4}");

    /// <summary>The score of a query whose matches have these ranks, in ascending order.</summary>
    internal static QueryScore Of(int query, long label, ReadOnlySpan<int> ranks)
    {
        int within = 0;
        double precisionsWithin = 0, precisions = 0;
        for (int i = 0; i < ranks.Length; i++)
        {
            double precision = (i + 1.0) / ranks[i];
            precisions += precision;
            if (ranks[i] > ranks.Length)
                continue;
            within++;
            precisionsWithin += precision;
        }
        double matches = ranks.Length;
        return new QueryScore(query, label, ranks.Length, ranks[0], within / matches, precisionsWithin / matches, precisions / matches);
    }
}
