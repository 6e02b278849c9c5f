using System.Globalization;
using System.Text;

namespace TripletLoss;

/// <summary>The retrieval metrics of a set of queries.</summary>
/// <remarks>
/// A match of a query is a reference with its label. R is the number of a query's matches, rank counts from 1 at the nearest reference, P(i) is the share of
/// matches among the i nearest. Every figure but <see cref="RecallAt"/> is a mean over the queries that have a match. All are between 0 and 1.
/// </remarks>
public sealed class RetrievalReport
{
    private static readonly int[] ShownRecalls = [1, 2, 4, 8];

    private readonly int[] _firstRanks;

    private RetrievalReport(RetrievalProblem problem, QueryScore[] scores)
    {
        Queries = problem.QueryLabels.Length;
        QueriesWithoutMatch = Queries - scores.Length;
        References = problem.ReferenceCount - (problem.LeavesSelfOut ? 1 : 0);
        _firstRanks = Array.ConvertAll(scores, score => score.FirstRank);
        PrecisionAt1 = scores.Average(score => score.FirstRank == 1 ? 1.0 : 0.0);
        RPrecision = scores.Average(score => score.RPrecision);
        MeanAveragePrecisionAtR = scores.Average(score => score.AveragePrecisionAtR);
        MeanAveragePrecision = scores.Average(score => score.AveragePrecision);
        MeanReciprocalRank = scores.Average(score => 1.0 / score.FirstRank);
    }

    /// <summary>The number of queries, those without a match included.</summary>
    public int Queries { get; }

    /// <summary>The number of queries whose label no reference has.</summary>
    public int QueriesWithoutMatch { get; }

    /// <summary>The number of references of each query, which is not among its own.</summary>
    public int References { get; }

    /// <summary>The share of queries whose nearest reference is a match.</summary>
    public double PrecisionAt1 { get; }

    /// <summary>The mean share of matches among the R nearest: P(R).</summary>
    public double RPrecision { get; }

    /// <summary>MAP@R: the mean of 1/R Σ P(i) over the ranks i ≤ R of matches. The figure that tells good embeddings apart best.</summary>
    public double MeanAveragePrecisionAtR { get; }

    /// <summary>MAP over the full ranking: the mean of 1/R Σ P(i) over the ranks i of all matches.</summary>
    public double MeanAveragePrecision { get; }

    /// <summary>The mean of 1 / rank of the nearest match.</summary>
    public double MeanReciprocalRank { get; }

    /// <summary>
    /// The share of all queries that have a match among their k nearest references. A query without any match counts as a miss here, as is the custom; multiply by
    /// Queries / (Queries − QueriesWithoutMatch) for the share of the others.
    /// </summary>
    /// <param name="k">How many references to look at, at least 1; more than there are means all.</param>
    /// <returns>The recall, between 0 and 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public double RecallAt(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return (double)_firstRanks.Count(rank => rank <= k) / Queries;
    }

    /// <summary>All figures as a small table, with the recall at 1, 2, 4 and 8.</summary>
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
        return table.ToString().TrimEnd();

        void AddCount(string name, int count) => AddLine(name, count.ToString("N0", CultureInfo.InvariantCulture));
        void AddShare(string name, double share) => AddLine(name, share.ToString("F4", CultureInfo.InvariantCulture));
        void AddLine(string name, string value) => table.Append($"{name,-24}{value,10}\n");
    }

    /// <summary>The report of the scores of all queries that have a match.</summary>
    internal static RetrievalReport Of(RetrievalProblem problem, QueryScore[] scores) => new(problem, scores);
}
