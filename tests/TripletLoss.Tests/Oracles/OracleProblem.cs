namespace TripletLoss.Tests;

/// <summary>A batch and what it is mined against, as plain numbers, with all distances.</summary>
/// <remarks>
/// Beside each distance stands how far off a kernel's may be, 0 where the batch is exact (an integer grid): two distances closer than their doubts may
/// be taken for each other, and no others.
/// </remarks>
public sealed class OracleProblem
{
    public OracleProblem(OracleBatch batch, OracleDistance distance, double rounding = 0)
    {
        Batch = batch;
        Distance = distance;
        IsExact = rounding == 0;
        var centre = Centre(batch.References);
        var (anchorNorms, referenceNorms) = (SquaredNorms(batch.Anchors, centre), SquaredNorms(batch.References, centre));
        D = Matrix((a, j) => distance.Between(batch.Anchors[a], batch.References[j]));
        // A distance of exactly 0 is exact: it comes from differences.
        Doubt = Matrix((a, j) => IsExact || D[a][j] == 0 ? 0 : distance.Doubt(D[a][j], anchorNorms[a] + referenceNorms[j], rounding));
    }

    public OracleBatch Batch { get; }

    public OracleDistance Distance { get; }

    /// <summary>Whether every choice must be the oracle's own, ties to the lowest index included.</summary>
    public bool IsExact { get; }

    public double[][] D { get; }

    public double[][] Doubt { get; }

    public int AnchorCount => Batch.Anchors.Length;

    public int ReferenceCount => Batch.References.Length;

    public IEnumerable<int> Anchors => Enumerable.Range(0, AnchorCount);

    /// <summary>The same label, but not the anchor's own copy; in ascending order.</summary>
    public int[] Positives(int anchor) =>
        [.. Enumerable.Range(0, ReferenceCount).Where(j => Batch.ReferenceLabels[j] == Batch.Labels[anchor] && j != Batch.OwnCopies[anchor])];

    /// <summary>Another label; in ascending order.</summary>
    public int[] Negatives(int anchor) =>
        [.. Enumerable.Range(0, ReferenceCount).Where(j => Batch.ReferenceLabels[j] != Batch.Labels[anchor])];

    private double[][] Matrix(Func<int, int, double> entry) =>
        [.. Anchors.Select(a => Enumerable.Range(0, ReferenceCount).Select(j => entry(a, j)).ToArray())];

    private static double[] Centre(double[][] points) => points.Length == 0
        ? []
        : [.. Enumerable.Range(0, points[0].Length).Select(k => points.Average(point => point[k]))];

    private static double[] SquaredNorms(double[][] points, double[] centre) => centre.Length == 0
        ? new double[points.Length]
        : [.. points.Select(point => OracleDistance.SquaredEuclidean.Between(point, centre))];
}
