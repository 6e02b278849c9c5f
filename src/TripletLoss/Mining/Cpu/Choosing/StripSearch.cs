using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Mines every slot's nearest negative above its threshold (and every anchor's farthest) by brute force, a strip of whole rows at a time: for more than
/// a few positives an anchor, and for anchors that are not their own references. Twice the product of <see cref="TriangleSearch{TWidth, TVector}"/>, but an
/// index is searched once a slot, not whenever a tile improves on the last.
/// </summary>
internal sealed unsafe class StripSearch<TWidth, TVector>(
    PackedDistances<TWidth, TVector> tiles, ThresholdTable table, WorkCrew crew, NativeArena arena)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // Half a second-level cache of 1 MiB.
    private const int StripFloats = 1 << 17;
    private const int MostRows = 48;
    private const int FewestRows = 8;

    private readonly int _columns = tiles.Columns.PanelCount * PackedPoints<TWidth, TVector>.PanelWidth;
    private readonly int _stride = tiles.RowStride;
    private readonly nint[] _strips = new nint[crew.MaximumWorkers];

    private int Height => Math.Clamp(StripFloats / _stride, FewestRows, MostRows) / FewestRows * FewestRows;

    /// <summary>The best of every slot. Each row belongs to one strip, so all workers share the candidates.</summary>
    public Candidates Run()
    {
        Candidates found = new(table, arena);
        int height = Height;
        crew.Run((tiles.Rows.Count + height - 1) / height, (worker, strip) => Mine(Strip(worker), found, strip * height));
        return found;
    }

    private float* Strip(int worker)
    {
        if (_strips[worker] == 0)
            _strips[worker] = (nint)arena.Allocate<float>((long)Height * _stride);
        return (float*)_strips[worker];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mine(float* strip, Candidates found, int row)
    {
        int rows = Math.Min(Height, tiles.Rows.Count - row);
        tiles.Fill(row, rows, 0, tiles.Columns.PanelCount, strip, _stride, upper: false);
        tiles.Exclude(row, rows, 0, tiles.Columns.PanelCount, strip, _stride);
        for (int anchor = row; anchor < row + rows; anchor++)
        {
            BlockMinima<TWidth, TVector>.Nearest(
                strip + ((nint)(anchor - row) * _stride), _columns, tiles.Columns.Originals, table.Slots(anchor, found));
        }
    }
}
