namespace TripletLoss.Tests;

/// <summary>The retrieval metrics by the book: every query's references sorted, in plain float64.</summary>
public sealed class NaiveRetrieval
{
    private readonly List<bool[]> _rankings = [];
    private readonly long[] _labels;

    /// <summary>Ranks by (distance, position) the references that are not left out.</summary>
    public NaiveRetrieval(long[] queryLabels, long[] referenceLabels, Func<int, int, double> distance, Func<int, int, bool> isLeftOut)
    {
        _labels = queryLabels;
        for (int query = 0; query < queryLabels.Length; query++)
        {
            _rankings.Add([.. Enumerable.Range(0, referenceLabels.Length).Where(reference => !isLeftOut(query, reference))
                .OrderBy(reference => distance(query, reference)).ThenBy(reference => reference)
                .Select(reference => referenceLabels[reference] == queryLabels[query])]);
        }
    }

    public int QueriesWithoutMatch => _rankings.Count(ranking => !ranking.Contains(true));

    public double PrecisionAt1 => Mean(ranking => ranking[0] ? 1 : 0);

    public double RPrecision => Mean(ranking => ranking.Take(Matches(ranking)).Count(match => match) / (double)Matches(ranking));

    public double MeanAveragePrecisionAtR => Mean(ranking => PrecisionSum(ranking, Matches(ranking)) / Matches(ranking));

    public double MeanAveragePrecision => Mean(AveragePrecision);

    public double MeanReciprocalRank => Mean(ranking => 1.0 / FirstRank(ranking));

    public double RecallAt(int k) => _rankings.Average(ranking => ranking.Take(k).Contains(true) ? 1.0 : 0.0);

    public double PrecisionAt(int k) => Mean(ranking => Matches(ranking.Take(k)) / (double)k);

    public double ShareFoundAt(int k) => Mean(ranking => Matches(ranking.Take(k)) / (double)Matches(ranking));

    public double MeanAveragePrecisionAt(int k) => Mean(ranking => PrecisionSum(ranking, k) / Math.Min(k, Matches(ranking)));

    public double MeanReciprocalRankAt(int k) => Mean(ranking => FirstRank(ranking) <= k ? 1.0 / FirstRank(ranking) : 0);

    public double GainAt(int k) => Mean(ranking => Gain(ranking, k) / Gain([.. ranking.OrderDescending()], k));

    /// <summary>Query, rank of the first match and average precision of those that have a match, the worst first.</summary>
    public (int Query, int FirstRank, double AveragePrecision)[] WorstFirst => [.. Enumerable.Range(0, _rankings.Count).Where(query => _rankings[query].Contains(true))
        .Select(query => (query, FirstRank(_rankings[query]), AveragePrecision(_rankings[query]))).OrderBy(score => score.Item3).ThenBy(score => score.query)];

    public double MeanAveragePrecisionOf(long label) =>
        _rankings.Where((ranking, query) => _labels[query] == label && ranking.Contains(true)).Average(AveragePrecision);

    /// <summary>Compares all figures.</summary>
    public void ShouldAgree(RetrievalReport report, double tolerance)
    {
        report.QueriesWithoutMatch.Should().Be(QueriesWithoutMatch);
        report.PrecisionAt1.Should().BeApproximately(PrecisionAt1, tolerance);
        report.RPrecision.Should().BeApproximately(RPrecision, tolerance);
        report.MeanAveragePrecisionAtR.Should().BeApproximately(MeanAveragePrecisionAtR, tolerance);
        report.MeanAveragePrecision.Should().BeApproximately(MeanAveragePrecision, tolerance);
        report.MeanReciprocalRank.Should().BeApproximately(MeanReciprocalRank, tolerance);
        foreach (int k in (int[])[1, 2, 3, 5, 10, 1000])
            report.RecallAt(k).Should().BeApproximately(RecallAt(k), tolerance);
    }

    /// <summary>Compares the figures at a cut-off.</summary>
    public void ShouldAgree(CutOffMetrics figures, double tolerance)
    {
        figures.Precision.Should().BeApproximately(PrecisionAt(figures.K), tolerance);
        figures.Recall.Should().BeApproximately(ShareFoundAt(figures.K), tolerance);
        figures.MeanAveragePrecision.Should().BeApproximately(MeanAveragePrecisionAt(figures.K), tolerance);
        figures.MeanReciprocalRank.Should().BeApproximately(MeanReciprocalRankAt(figures.K), tolerance);
        figures.Ndcg.Should().BeApproximately(GainAt(figures.K), tolerance);
    }

    private double Mean(Func<bool[], double> figure) => _rankings.Where(ranking => ranking.Contains(true)).Average(figure);

    private static int Matches(IEnumerable<bool> ranking) => ranking.Count(match => match);

    private static int FirstRank(bool[] ranking) => Array.IndexOf(ranking, true) + 1;

    private static double AveragePrecision(bool[] ranking) => PrecisionSum(ranking, ranking.Length) / Matches(ranking);

    private static double Gain(bool[] ranking, int k) => ranking.Take(k).Select((match, place) => match ? 1 / Math.Log2(place + 2) : 0).Sum();

    private static double PrecisionSum(bool[] ranking, int k)
    {
        double sum = 0;
        for (int i = 0; i < Math.Min(k, ranking.Length); i++)
            sum += ranking[i] ? ranking.Take(i + 1).Count(match => match) / (i + 1.0) : 0;
        return sum;
    }
}
