using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// The distances within the classes, before anything is mined: each pair's threshold, or each anchor's hardest
/// positive. They come from the same block as all others, so that a negative equal to a positive is exactly as far.
/// </summary>
internal sealed unsafe class PositiveDistances<TWidth, TVector>(
    PackedDistances<TWidth, TVector> tiles, ClassIndex classes, WorkCrew crew)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    private const int AnchorsPerChunk = 64;
    private const uint Infinity = 0x7F800000;

    private static int Rows => MicroKernel<TWidth, TVector>.Rows;

    /// <summary>Writes the threshold of every ordered pair.</summary>
    public void FillThresholds(ThresholdTable table) =>
        ForEachRow([MethodImpl(MethodImplOptions.AggressiveOptimization)] (anchor, bits, from, to) =>
        {
            uint* thresholds = table.Thresholds + table.FirstPositive(anchor);
            for (int reference = from; reference < to; reference++)
            {
                if (reference == classes.Self[anchor])
                    continue;

                // A NaN of either sign becomes infinity: above that there is nothing, not even what is excluded.
                thresholds[classes.SlotOf(anchor, reference) * table.Lanes] = Math.Min(bits[reference - from], Infinity) + 1;
            }
        });

    /// <summary>Writes each anchor's farthest positive (sorted position, −1 for none), of equal ones the first.</summary>
    public void FillHardest(int* hardest, uint* distances) =>
        ForEachRow([MethodImpl(MethodImplOptions.AggressiveOptimization)] (anchor, bits, from, to) =>
        {
            for (int reference = from; reference < to; reference++)
            {
                if (reference == classes.Self[anchor])
                    continue;
                if (hardest[anchor] >= 0 && bits[reference - from] <= distances[anchor])
                    continue;
                hardest[anchor] = reference;
                distances[anchor] = bits[reference - from];
            }
        });

    private delegate void RowAction(int anchor, uint* bits, int from, int to);

    private void ForEachRow(RowAction action) =>
        crew.Run((classes.AnchorCount + AnchorsPerChunk - 1) / AnchorsPerChunk, (_, chunk) =>
        {
            int end = Math.Min((chunk + 1) * AnchorsPerChunk, classes.AnchorCount);
            for (int row = chunk * AnchorsPerChunk; row < end; row += Rows)
                VisitBlock(row, Math.Min(row + Rows, end), action);
        });

    private void VisitBlock(int row, int rowEnd, RowAction action)
    {
        float* block = stackalloc float[Rows * TWidth.Lanes];

        // Sorted by label, the four rows' classes are ranges that follow each other.
        for (int column = classes.Start[row] / TWidth.Lanes * TWidth.Lanes; column < classes.End[rowEnd - 1]; column += TWidth.Lanes)
        {
            tiles.FillVector(row, column, block);
            for (int anchor = row; anchor < rowEnd; anchor++)
            {
                int from = Math.Max(column, classes.Start[anchor]);
                int to = Math.Min(column + TWidth.Lanes, classes.End[anchor]);
                if (from < to)
                    action(anchor, (uint*)block + ((anchor - row) * TWidth.Lanes) + (from - column), from, to);
            }
        }
    }
}
