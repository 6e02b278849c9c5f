namespace TripletLoss.Tests;

/// <summary>|x − y|².</summary>
public sealed record SquaredEuclideanOracle() : OracleDistance("squared-L2")
{
    public override double Between(double[] x, double[] y) => Map(x, y, (a, b) => (a - b) * (a - b)).Sum();

    public override (double[] ByX, double[] ByY) Gradient(double[] x, double[] y) => Opposite(Map(x, y, (a, b) => 2 * (a - b)));

    public override double Doubt(double distance, double squaredNorms, double rounding) => rounding * squaredNorms;
}

/// <summary>|x − y|.</summary>
public sealed record EuclideanOracle() : OracleDistance("L2")
{
    public override double Between(double[] x, double[] y) => Math.Sqrt(SquaredEuclidean.Between(x, y));

    public override (double[] ByX, double[] ByY) Gradient(double[] x, double[] y)
    {
        double length = Between(x, y);
        return Opposite(Map(x, y, (a, b) => length == 0 ? 0 : (a - b) / length));
    }

    public override double Doubt(double distance, double squaredNorms, double rounding)
    {
        double error = rounding * squaredNorms;
        double squared = distance * distance;
        return Math.Sqrt(squared + error) - Math.Sqrt(Math.Max(squared - error, 0));
    }
}

/// <summary>1 − cos(x, y), as half the squared distance of the unit vectors; 1 for a zero vector.</summary>
public sealed record CosineOracle() : OracleDistance("angular")
{
    public override double Between(double[] x, double[] y)
    {
        var (first, second) = (Unit(x), Unit(y));
        return first is null || second is null ? 1 : SquaredEuclidean.Between(first, second) / 2;
    }

    public override (double[] ByX, double[] ByY) Gradient(double[] x, double[] y)
    {
        if (Unit(x) is not { } first || Unit(y) is not { } second)
            return (new double[x.Length], new double[y.Length]);
        return (Along(first, second, Length(x)), Along(second, first, Length(y)));
    }

    // Of the unit vectors the squared lengths add up to 2; half of the error.
    public override double Doubt(double distance, double squaredNorms, double rounding) => rounding;

    // Two unit vectors that ought to be equal may differ in their last bit.
    public override double GradientNoise(double[] of) => Length(of) is var length and > 0 ? 1e-15 / length : 0;

    private static double Length(double[] vector)
    {
        double largest = vector.Max(Math.Abs);
        return largest == 0 ? 0 : largest * Math.Sqrt(vector.Sum(value => value / largest * (value / largest)));
    }

    private static double[]? Unit(double[] vector)
    {
        double length = Length(vector);
        return length == 0 ? null : [.. vector.Select(value => value / length)];
    }

    // −(ŷ − (x̂·ŷ) x̂) / |x|, written so that it is 0 where ŷ = x̂.
    private static double[] Along(double[] of, double[] to, double length)
    {
        double distance = SquaredEuclidean.Between(of, to) / 2;
        return Map(of, to, (a, b) => (a - b - distance * a) / length);
    }
}
