namespace TripletLoss.Tests;

/// <summary>A distance of two points and its gradient, by plain loops in float64.</summary>
public abstract record OracleDistance(string Name)
{
    public static OracleDistance SquaredEuclidean { get; } = new SquaredEuclideanOracle();

    public static OracleDistance Euclidean { get; } = new EuclideanOracle();

    public static OracleDistance Cosine { get; } = new CosineOracle();

    public static IReadOnlyList<OracleDistance> Catalogue { get; } = [SquaredEuclidean, Euclidean, Cosine];

    /// <summary>The distance of the catalogue with a name in JSON.</summary>
    public static OracleDistance Named(string name) => Catalogue.Single(distance => distance.Name == name);

    public abstract double Between(double[] x, double[] y);

    /// <summary>The derivatives by x and by y; zeros where the points coincide.</summary>
    public abstract (double[] ByX, double[] ByY) Gradient(double[] x, double[] y);

    /// <summary>How far off a distance may be when a kernel's error in the squared form is <paramref name="rounding"/> times |x|² + |y|².</summary>
    public abstract double Doubt(double distance, double squaredNorms, double rounding);

    /// <summary>What rounding may leave of each entry of a gradient by <paramref name="of"/> that ought to be 0.</summary>
    public virtual double GradientNoise(double[] of) => 0;

    protected static double[] Map(double[] x, double[] y, Func<double, double, double> entry) =>
        [.. x.Select((value, index) => entry(value, y[index]))];

    protected static (double[] ByX, double[] ByY) Opposite(double[] byX) => (byX, [.. byX.Select(value => -value)]);
}
