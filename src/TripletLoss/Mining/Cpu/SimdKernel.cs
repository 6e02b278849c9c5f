using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TripletLoss;

// How it works, in some thirty lines.
//  1. ClassIndex sorts anchors and references by label: the positives of an anchor are one range.
//  2. PackedPoints copies the points into panels, which MicroKernel multiplies at the speed of a BLAS. PackedDistances makes
//     squared distances of the products and repairs those of close pairs from differences. One worker's product on its own
//     tile beats a product that all workers share, and a tile is mined while it is hot.
//  3. PositiveDistances computes the distances within the classes first: they are the thresholds.
//  4. Few positives (MiningWays decides): tiles, every threshold against every distance (TileSearch); of a batch that mines itself only
//     those on and above the diagonal, each for its columns and, transposed, for its rows. A distance is not negative,
//     so its bits order like an unsigned integer, and min(bits − (threshold + 1)) in wrapping arithmetic is the nearest one above the
//     threshold, without masks; a comparison and a blend keep its index (ColumnMinima). The farthest is one slot more, whose bits are
//     flipped first. All workers share the candidates: of equals the lower index stays, so that it does not matter who found what when.
//  5. HingeLosses recomputes the chosen distances from differences, in double; SparseGradient gathers every row of the gradient
//     from the anchor's own triplets and from a list of those that chose it.
//  6. Many positives: whole rows (ManyPositivesPass). Semi-hard looks up each threshold in buckets of the negatives and sorts where the
//     distances cluster (NegativeBuckets, SortedRow); the row becomes the weights of the gradient, and two products make the
//     gradient of them (DenseGradient). Where nearly all weights of a row are alike, what is alike needs but a sum of points (WeightBlock), and the
//     few others are added one by one (SparseWeights): before training all triplets are active, at its end hardly any.
//  7. Batch-all needs ranks only: how many negatives are within a positive's distance plus the margin, and how many positives
//     reach a negative. Counted by brute force on tiles (BatchAllPass) or by one sweep over sorted rows (RowRanks), in which
//     only what reaches and negatives share is sorted. For the backward pass of per-anchor losses the distances of a small batch are kept (KeptDistances).
//  8. Whatever is summed in floats is summed in a fixed order: shares of work that add to the same sums take turns (Turns). WorkCrew never waits for a thread to wake up.

/// <summary>The CPU float32 kernel: per-anchor losses and the gradient of the reduced loss, from one pass.</summary>
internal static unsafe class SimdKernel
{
    /// <summary>Below this many multiply-adds waking another thread costs more than it brings.</summary>
    private const double SmallestSharedWork = 1e7;

    /// <summary>Up to so many numbers the padding of a panel does not matter.</summary>
    private const long LargestPaddedBatch = 1 << 20;

    /// <summary>The lanes of the widest vectors this processor has.</summary>
    public static int BestLanes =>
        Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;

    /// <summary>The lanes for some points: fewer than the widest where a panel of three vectors' worth would be mostly empty, and large.</summary>
    public static int LanesFor(long points, long dimension)
    {
        int lanes = BestLanes;
        while (lanes > 4 && 2 * points < 3 * lanes && points * dimension > LargestPaddedBatch)
            lanes /= 2;
        return lanes;
    }

    /// <summary>Mines with 4, 8 or 16 lanes, unless float32 cannot tell.</summary>
    public static KernelAnswer Run(ref SimdProblem problem, int lanes, WorkCrew crew, NativeArena arena)
    {
        NativeMemory.Clear(problem.Sums, (nuint)problem.AnchorCount * sizeof(double));
        if (problem.AnchorCount == 0 || problem.ReferenceCount == 0)
            return KernelAnswer.Done;
        return lanes switch
        {
            16 => KernelRun<Width512, Vector512<float>>.Run(ref problem, crew, arena),
            8 => KernelRun<Width256, Vector256<float>>.Run(ref problem, crew, arena),
            _ => KernelRun<Width128, Vector128<float>>.Run(ref problem, crew, arena),
        };
    }

    /// <summary>Whether a problem is worth more than one thread.</summary>
    public static bool IsWorthSharing(in SimdProblem problem) =>
        (double)problem.AnchorCount * problem.ReferenceCount * problem.Dimension >= SmallestSharedWork;
}
