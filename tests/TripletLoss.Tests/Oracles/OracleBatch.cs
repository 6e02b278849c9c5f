namespace TripletLoss.Tests;

/// <summary>Labels and points of the anchors and of the references, and where an anchor's own copy stands among these (−1: nowhere).</summary>
public sealed record OracleBatch(long[] Labels, double[][] Anchors, long[] ReferenceLabels, double[][] References, long[] OwnCopies, bool MinesItself)
{
    /// <summary>A batch that mines itself.</summary>
    public static OracleBatch Of(long[] labels, double[][] points) =>
        new(labels, points, labels, points, [.. Enumerable.Range(0, labels.Length).Select(i => (long)i)], MinesItself: true);

    /// <summary>A batch with references.</summary>
    public static OracleBatch Of(long[] labels, double[][] points, long[] referenceLabels, double[][] references, long[]? ownCopies) =>
        new(labels, points, referenceLabels, references, ownCopies ?? [.. labels.Select(_ => -1L)], MinesItself: false);

    /// <summary>Row-major numbers as rows.</summary>
    public static double[][] Rows(double[] values, int rows, int columns) =>
        [.. Enumerable.Range(0, rows).Select(i => values[(i * columns)..((i + 1) * columns)])];
}
