namespace TripletLoss.Tests;

/// <summary>Distances of rows of plain matrices [n, dim], term by term in float64.</summary>
public static class NaiveDistance
{
    public static double Squared(double[] points, int dim, int first, double[] others, int second)
    {
        double sum = 0;
        for (int i = 0; i < dim; i++)
            sum += Math.Pow(points[first * dim + i] - others[second * dim + i], 2);
        return sum;
    }

    /// <summary>1 − cos of two rows; 1 where one of them is zero.</summary>
    public static double Cosine(double[] points, int dim, int first, double[] others, int second)
    {
        double product = 0, square = 0, otherSquare = 0;
        for (int i = 0; i < dim; i++)
        {
            var (x, y) = (points[first * dim + i], others[second * dim + i]);
            (product, square, otherSquare) = (product + x * y, square + x * x, otherSquare + y * y);
        }
        return square == 0 || otherSquare == 0 ? 1 : 1 - product / Math.Sqrt(square) / Math.Sqrt(otherSquare);
    }
}
