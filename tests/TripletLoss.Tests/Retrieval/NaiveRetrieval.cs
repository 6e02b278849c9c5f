namespace TripletLoss.Tests;

/// <summary>The retrieval metrics by the book: every query's references sorted, in plain float64.</summary>
public sealed class NaiveRetrieval
{
    private readonly List<bool[]> _rankings = [];

    /// <summary>Ranks by (distance, position); a query is not among its own references where it is left out.</summary>
    public NaiveRetrieval(long[] queryLabels, long[] referenceLabels, Func<int, int, double> distance, bool leaveSelfOut)
    {
        for (int query = 0; query < queryLabels.Length; query++)
        {
            int self = leaveSelfOut ? query : -1;
            _rankings.Add([.. Enumerable.Range(0, referenceLabels.Length).Where(reference => reference != self)
                .OrderBy(reference => distance(query, reference)).ThenBy(reference => reference)
                .Select(reference => referenceLabels[reference] == queryLabels[query])]);
        }
    }

    public int QueriesWithoutMatch => _rankings.Count(ranking => !ranking.Contains(true));

    public double PrecisionAt1 => Mean(ranking => ranking[0] ? 1 : 0);

    public double RPrecision => Mean(ranking => ranking.Take(Matches(ranking)).Count(match => match) / (double)Matches(ranking));

    public double MeanAveragePrecisionAtR => Mean(ranking => PrecisionSum(ranking, Matches(ranking)) / Matches(ranking));

    public double MeanAveragePrecision => Mean(ranking => PrecisionSum(ranking, ranking.Length) / Matches(ranking));

    public double MeanReciprocalRank => Mean(ranking => 1.0 / (Array.IndexOf(ranking, true) + 1));

    public double RecallAt(int k) => _rankings.Average(ranking => ranking.Take(k).Contains(true) ? 1.0 : 0.0);

    /// <summary>The squared Euclidean distance of two rows of a matrix [n, dim].</summary>
    public static double SquaredDistance(double[] points, int dim, int first, double[] others, int second)
    {
        double sum = 0;
        for (int i = 0; i < dim; i++)
            sum += Math.Pow(points[first * dim + i] - others[second * dim + i], 2);
        return sum;
    }

    /// <summary>1 − cos of two rows; 1 where one of them is zero.</summary>
    public static double CosineDistance(double[] points, int dim, int first, double[] others, int second)
    {
        double product = 0, square = 0, otherSquare = 0;
        for (int i = 0; i < dim; i++)
        {
            var (x, y) = (points[first * dim + i], others[second * dim + i]);
            (product, square, otherSquare) = (product + x * y, square + x * x, otherSquare + y * y);
        }
        return square == 0 || otherSquare == 0 ? 1 : 1 - product / Math.Sqrt(square) / Math.Sqrt(otherSquare);
    }

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

    private double Mean(Func<bool[], double> figure) => _rankings.Where(ranking => ranking.Contains(true)).Average(figure);

    private static int Matches(bool[] ranking) => ranking.Count(match => match);

    private static double PrecisionSum(bool[] ranking, int length)
    {
        double sum = 0;
        for (int i = 0; i < length; i++)
            sum += ranking[i] ? ranking.Take(i + 1).Count(match => match) / (i + 1.0) : 0;
        return sum;
    }
}
