namespace TripletLoss.Tests;

/// <summary>Σ|x − y|: a user's distance.</summary>
public sealed record ManhattanOracle() : OracleDistance("manhattan")
{
    public override double Between(double[] x, double[] y) => Map(x, y, (a, b) => Math.Abs(a - b)).Sum();

    public override (double[] ByX, double[] ByY) Gradient(double[] x, double[] y) => Opposite(Map(x, y, (a, b) => Math.Sign(a - b)));

    // A user's function is computed in the type of the embeddings.
    public override double Doubt(double distance, double squaredNorms, double rounding) => rounding * distance;
}

/// <summary>Σ(2 max(x − y, 0) + max(y − x, 0)): a user's distance that is not symmetric, so that a swap of its arguments shows.</summary>
public sealed record SkewedOracle() : OracleDistance("skewed")
{
    public override double Between(double[] x, double[] y) => Map(x, y, (a, b) => a > b ? 2 * (a - b) : b - a).Sum();

    public override (double[] ByX, double[] ByY) Gradient(double[] x, double[] y) =>
        Opposite(Map(x, y, (a, b) => a > b ? 2 : a < b ? -1 : 0));

    public override double Doubt(double distance, double squaredNorms, double rounding) => rounding * distance;
}

/// <summary>√Σ(x − y)² as a user would write it, with an infinite derivative at 0.</summary>
public sealed record NaiveRootOracle() : OracleDistance("naive-root")
{
    public override double Between(double[] x, double[] y) => Euclidean.Between(x, y);

    public override (double[] ByX, double[] ByY) Gradient(double[] x, double[] y) => Euclidean.Gradient(x, y);

    public override double Doubt(double distance, double squaredNorms, double rounding) => rounding * distance;
}
