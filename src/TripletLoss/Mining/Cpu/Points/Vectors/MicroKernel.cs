using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// The inner loops of every product here. Nearly all of it is four rows by three vectors, held in twelve registers over the whole depth.
/// With the three columns and one broadcast that is all sixteen registers of AVX2. Every entry is one chain of
/// multiply-adds in the order of the depth, whatever its place in the tile: equal points have equal distances, bit for bit.
/// </summary>
internal static unsafe class MicroKernel<TWidth, TVector>
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    public const int Rows = 4;

    /// <summary>target = or += rows · columns for four rows and one to three vectors of columns; steps are from one depth (or row) to the next, in floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TVectors>(
        float* rows, nint depthStep, nint rowStep, float* columns, nint columnStep, int depth,
        float* target, nint targetStep, bool accumulate)
        where TVectors : struct, IConstant
    {
        TVector s00, s01, s02, s10, s11, s12, s20, s21, s22, s30, s31, s32;
        s00 = s01 = s02 = s10 = s11 = s12 = s20 = s21 = s22 = s30 = s31 = s32 = TWidth.Broadcast(0);
        float* out1 = target + targetStep, out2 = out1 + targetStep, out3 = out2 + targetStep;
        if (accumulate)
        {
            s00 = TWidth.Load(target);
            s10 = TWidth.Load(out1);
            s20 = TWidth.Load(out2);
            s30 = TWidth.Load(out3);
            if (TVectors.Value > 1)
            {
                s01 = TWidth.Load(target + TWidth.Lanes);
                s11 = TWidth.Load(out1 + TWidth.Lanes);
                s21 = TWidth.Load(out2 + TWidth.Lanes);
                s31 = TWidth.Load(out3 + TWidth.Lanes);
            }

            if (TVectors.Value > 2)
            {
                s02 = TWidth.Load(target + (2 * TWidth.Lanes));
                s12 = TWidth.Load(out1 + (2 * TWidth.Lanes));
                s22 = TWidth.Load(out2 + (2 * TWidth.Lanes));
                s32 = TWidth.Load(out3 + (2 * TWidth.Lanes));
            }
        }

        float* row3 = rows + (3 * rowStep);
        for (int k = 0; k < depth; k++)
        {
            TVector c0 = TWidth.Load(columns), c1 = c0, c2 = c0;
            if (TVectors.Value > 1)
                c1 = TWidth.Load(columns + TWidth.Lanes);
            if (TVectors.Value > 2)
                c2 = TWidth.Load(columns + (2 * TWidth.Lanes));
            TVector row = TWidth.Broadcast(rows[0]);
            s00 = TWidth.MultiplyAdd(row, c0, s00);
            if (TVectors.Value > 1)
                s01 = TWidth.MultiplyAdd(row, c1, s01);
            if (TVectors.Value > 2)
                s02 = TWidth.MultiplyAdd(row, c2, s02);
            row = TWidth.Broadcast(rows[rowStep]);
            s10 = TWidth.MultiplyAdd(row, c0, s10);
            if (TVectors.Value > 1)
                s11 = TWidth.MultiplyAdd(row, c1, s11);
            if (TVectors.Value > 2)
                s12 = TWidth.MultiplyAdd(row, c2, s12);
            row = TWidth.Broadcast(rows[2 * rowStep]);
            s20 = TWidth.MultiplyAdd(row, c0, s20);
            if (TVectors.Value > 1)
                s21 = TWidth.MultiplyAdd(row, c1, s21);
            if (TVectors.Value > 2)
                s22 = TWidth.MultiplyAdd(row, c2, s22);
            row = TWidth.Broadcast(*row3);
            s30 = TWidth.MultiplyAdd(row, c0, s30);
            if (TVectors.Value > 1)
                s31 = TWidth.MultiplyAdd(row, c1, s31);
            if (TVectors.Value > 2)
                s32 = TWidth.MultiplyAdd(row, c2, s32);
            rows += depthStep;
            row3 += depthStep;
            columns += columnStep;
        }

        TWidth.Store(target, s00);
        TWidth.Store(out1, s10);
        TWidth.Store(out2, s20);
        TWidth.Store(out3, s30);
        if (TVectors.Value > 1)
        {
            TWidth.Store(target + TWidth.Lanes, s01);
            TWidth.Store(out1 + TWidth.Lanes, s11);
            TWidth.Store(out2 + TWidth.Lanes, s21);
            TWidth.Store(out3 + TWidth.Lanes, s31);
        }

        if (TVectors.Value > 2)
        {
            TWidth.Store(target + (2 * TWidth.Lanes), s02);
            TWidth.Store(out1 + (2 * TWidth.Lanes), s12);
            TWidth.Store(out2 + (2 * TWidth.Lanes), s22);
            TWidth.Store(out3 + (2 * TWidth.Lanes), s32);
        }
    }

    /// <summary>target = Σ (row − column)² for four rows and one vector of columns: exact where the product cancels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SquaredDifferences(
        float* rows, nint depthStep, float* columns, nint columnStep, int depth, float* target, nint targetStep)
    {
        TVector s0, s1, s2, s3;
        s0 = s1 = s2 = s3 = TWidth.Broadcast(0);
        for (int k = 0; k < depth; k++)
        {
            TVector column = TWidth.Load(columns);
            TVector difference = TWidth.Subtract(TWidth.Broadcast(rows[0]), column);
            s0 = TWidth.MultiplyAdd(difference, difference, s0);
            difference = TWidth.Subtract(TWidth.Broadcast(rows[1]), column);
            s1 = TWidth.MultiplyAdd(difference, difference, s1);
            difference = TWidth.Subtract(TWidth.Broadcast(rows[2]), column);
            s2 = TWidth.MultiplyAdd(difference, difference, s2);
            difference = TWidth.Subtract(TWidth.Broadcast(rows[3]), column);
            s3 = TWidth.MultiplyAdd(difference, difference, s3);
            rows += depthStep;
            columns += columnStep;
        }

        TWidth.Store(target, s0);
        TWidth.Store(target + targetStep, s1);
        TWidth.Store(target + (2 * targetStep), s2);
        TWidth.Store(target + (3 * targetStep), s3);
    }
}
