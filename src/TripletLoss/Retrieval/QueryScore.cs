namespace TripletLoss;

/// <summary>What the ranks of a query's R matches say about it.</summary>
/// <param name="FirstRank">The rank of the nearest match, from 1.</param>
/// <param name="RPrecision">The share of matches among the R nearest.</param>
/// <param name="AveragePrecisionAtR">The mean over the matches of the precision at each, where those beyond the R nearest count 0.</param>
/// <param name="AveragePrecision">The mean over the matches of the precision at each.</param>
internal readonly record struct QueryScore(int FirstRank, double RPrecision, double AveragePrecisionAtR, double AveragePrecision)
{
    /// <summary>The score of a query whose matches have these ranks, in ascending order.</summary>
    public static QueryScore Of(ReadOnlySpan<int> ranks)
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
        return new QueryScore(ranks[0], within / matches, precisionsWithin / matches, precisions / matches);
    }
}
