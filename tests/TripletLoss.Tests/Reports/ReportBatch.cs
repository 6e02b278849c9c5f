using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>A random batch on an integer grid, where every distance is exact and ties abound.</summary>
public sealed record ReportBatch(long[] Labels, double[][] Points)
{
    public static ReportBatch Random(int seed, int count, int classes, int dimensions = 3, int grid = 4)
    {
        var random = new Random(seed);
        return new ReportBatch(
            [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(classes))],
            [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, dimensions).Select(_ => (double)random.Next(grid)).ToArray())]);
    }

    public Tensor LabelTensor() => tensor(Labels);

    public Tensor PointTensor(ScalarType? type = null) =>
        tensor(Points.SelectMany(row => row).ToArray(), [Points.Length, Points.FirstOrDefault()?.Length ?? 3]).to_type(type ?? ScalarType.Float32);

    public double[][] Distances(ReportBatch references, string distance) =>
        [.. Points.Select(x => references.Points.Select(y => Between(x, y, distance)).ToArray())];

    public InspectionOracle Oracle(string distance = "squared-L2") =>
        new(Labels, Labels, [.. Enumerable.Range(0, Labels.Length).Select(i => (long)i)], Distances(this, distance));

    private static double Between(double[] x, double[] y, string distance)
    {
        var squared = x.Zip(y, (a, b) => (a - b) * (a - b)).Sum();
        var lengths = Math.Sqrt(x.Sum(a => a * a) * y.Sum(b => b * b));
        return distance switch
        {
            "L2" => Math.Sqrt(squared),
            "angular" => lengths == 0 ? 1 : 1 - x.Zip(y, (a, b) => a * b).Sum() / lengths,
            _ => squared,
        };
    }
}
