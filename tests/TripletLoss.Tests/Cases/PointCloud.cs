namespace TripletLoss.Tests;

/// <summary>Ways to scatter points, among them all that are hard to tell apart or to square.</summary>
internal enum PointCloud
{
    Gaussian,

    /// <summary>Small integers, with many exact ties.</summary>
    Grid,

    /// <summary>The same, far from the origin.</summary>
    DistantGrid,

    /// <summary>Points that coincide, in pairs and more.</summary>
    Duplicates,

    /// <summary>Clumps whose points differ by a thousandth.</summary>
    Clumps,

    /// <summary>Clumps so tight that a product of their coordinates hardly sees them.</summary>
    TightClumps,

    /// <summary>1000 added to every coordinate.</summary>
    Offset,

    Tiny,
    Huge,

    /// <summary>So small that squares in float32 vanish.</summary>
    Vanishing,

    /// <summary>So large that sums of squares in float32 come near its end.</summary>
    Enormous,

    UnitLength,
    LogNormal,
    AllEqual,

    /// <summary>Zero vectors among others.</summary>
    Zeros,
}

internal static class PointClouds
{
    /// <summary>Whether every squared distance is exact in float32, so that a choice has to be too.</summary>
    public static bool IsGrid(this PointCloud cloud) => cloud is PointCloud.Grid or PointCloud.DistantGrid;

    public static double[] Scatter(this PointCloud cloud, Random random, int rows, int columns)
    {
        double[][] centres = [.. Enumerable.Range(0, Math.Max(rows / 3, 1)).Select(_ => Gaussian(random, columns, 1))];
        return [.. Enumerable.Range(0, rows).SelectMany(_ => Point(cloud, random, columns, centres))];
    }

    private static double[] Point(PointCloud cloud, Random random, int columns, double[][] centres) => cloud switch
    {
        PointCloud.Grid => Integers(random, columns, 0),
        PointCloud.DistantGrid => Integers(random, columns, 1000),
        PointCloud.Duplicates => centres[random.Next(centres.Length)],
        PointCloud.Clumps => [.. centres[random.Next(centres.Length)].Select(value => value + random.NextDouble() * 1e-3)],
        PointCloud.TightClumps => [.. centres[random.Next(centres.Length)].Select(value => value + random.NextDouble() * 3e-5)],
        PointCloud.Offset => [.. Gaussian(random, columns, 1).Select(value => value + 1000)],
        PointCloud.Tiny => Gaussian(random, columns, 1e-14),
        PointCloud.Huge => Gaussian(random, columns, 1e14),
        PointCloud.Vanishing => Gaussian(random, columns, 1e-24),
        PointCloud.Enormous => Gaussian(random, columns, 3e16),
        PointCloud.UnitLength => Unit(Gaussian(random, columns, 1)),
        PointCloud.LogNormal => [.. Gaussian(random, columns, 1).Select(value => Math.Sign(value) * Math.Exp(3 * value))],
        PointCloud.AllEqual => centres[0],
        PointCloud.Zeros => random.Next(3) == 0 ? new double[columns] : Gaussian(random, columns, 1),
        _ => Gaussian(random, columns, 1),
    };

    private static double[] Integers(Random random, int columns, int offset) =>
        [.. Enumerable.Range(0, columns).Select(_ => (double)(offset + random.Next(-2, 3)))];

    private static double[] Gaussian(Random random, int columns, double scale) => [.. Enumerable.Range(0, columns).Select(_ => scale * Normal(random))];

    private static double[] Unit(double[] vector)
    {
        double length = Math.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
