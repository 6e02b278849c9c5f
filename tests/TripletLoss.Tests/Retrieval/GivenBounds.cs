using System.Numerics;

namespace TripletLoss.Tests;

/// <summary>Bounds around given distances, some of them far too wide.</summary>
internal sealed class GivenBounds<T>(double[] distances, double[] widths, int[]? firstSame = null) : DistanceBounds<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int ReferenceCount => distances.Length;

    public override bool AreExact => false;

    public override int[]? FirstSame => firstSame;

    public int Asked { get; private set; }

    public override void Fill(ReadOnlySpan<int> queries)
    {
    }

    public override void Read(int row, Span<T> lower, Span<T> upper)
    {
        for (int i = 0; i < distances.Length; i++)
        {
            lower[i] = T.CreateTruncating(distances[i] - widths[i]);
            upper[i] = T.CreateTruncating(distances[i] + widths[i]);
        }
    }

    public override T Widest(int row) => T.CreateTruncating(2.1 * widths.Append(0).Max());

    public override double Exact(int row, int reference)
    {
        Asked++;
        return distances[reference];
    }

    public override T AmongBounds(double exact) => T.CreateTruncating(exact);

    public override double Distance(double exact) => exact;
}
