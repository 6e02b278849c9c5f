using System.Numerics;
using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Some anchors' weights of some references. Where most in a row are alike, 0 or not, they are taken as that number and the few differences to it: Σ w x of
/// equal weights is w Σ x. So it is before training, when all triplets are active, and at its end, when hardly any is.
/// </summary>
/// <param name="tiles">The points.</param>
/// <param name="mostRows">How many rows it ever has.</param>
/// <param name="total">Room for a point in the order of the panels, which blocks of a worker may share.</param>
/// <param name="arena">Where the memory comes from.</param>
internal sealed unsafe class WeightBlock<TWidth, TVector>(PackedDistances<TWidth, TVector> tiles, int mostRows, float* total, NativeArena arena)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // A product makes so many sums in the time that one weight takes by itself.
    private const int TimesDearer = 4;

    // What a point adds and its difference takes away leaves rounding: with differences no |x|² may be more than 2 to this power times the mean.
    private const int FarthestOut = 6;

    private bool _anyAlike;

    /// <summary>The weights.</summary>
    public float* Weights { get; private set; }

    /// <summary>Where <see cref="AreFew"/>, for each row what most of its weights are, or 0.</summary>
    public float* Alike { get; } = arena.Allocate<float>(mostRows);

    public int Stride { get; private set; }

    /// <summary>The first anchor.</summary>
    public int Row { get; private set; }

    public int Rows { get; private set; }

    /// <summary>The first reference.</summary>
    public int Column { get; private set; }

    public int Columns { get; private set; }

    /// <summary>Whether few of the weights are not <see cref="Alike"/>.</summary>
    public bool AreFew { get; private set; }

    /// <summary>Takes weights.</summary>
    public void Take(float* weights, int stride, int row, int rows, int column, int columns)
    {
        Weights = weights;
        (Stride, Row, Rows, Column, Columns) = (stride, row, rows, column, columns);
        AreFew = Look(mayBeAlike: true) || (_anyAlike && Look(mayBeAlike: false));
    }

    /// <summary>Adds what is alike to the sums of the anchors, which stand from a place on.</summary>
    public void AddAlikeToAnchors(CoordinatePanels<TWidth, TVector> references, CoordinatePanels<TWidth, TVector> sums, int place)
    {
        if (!AreFew || !_anyAlike)
            return;
        references.SumUp(Column, Column + Columns, null, total);
        for (int i = 0; i < Rows; i++)
            sums.Add(place + i, Alike[i], total);
    }

    /// <summary>Adds what is alike to the sums of the references.</summary>
    public void AddAlikeToReferences(CoordinatePanels<TWidth, TVector> anchors, CoordinatePanels<TWidth, TVector> sums)
    {
        if (!AreFew || !_anyAlike)
            return;
        anchors.SumUp(Row, Row + Rows, Alike, total);
        for (int j = 0; j < Columns; j++)
            sums.Add(Column + j, 1, total);
    }

    // Says whether few differ.
    private bool Look(bool mayBeAlike)
    {
        long left = (long)Rows * Columns / TimesDearer, moved = 0;
        _anyAlike = false;
        for (int i = 0; i < Rows && Columns > 0 && left >= 0; i++)
        {
            float* weights = Weights + ((nint)i * Stride);
            Alike[i] = mayBeAlike ? Usual(weights[Columns / 4], weights[Columns / 2], weights[Columns - 1 - (Columns / 4)]) : 0;
            int different = Differences(weights, Columns, Alike[i]);
            if (Alike[i] != 0 && different > Columns / TimesDearer)
            {
                Alike[i] = 0;
                different = Differences(weights, Columns, 0);
            }

            left -= different;
            if (Alike[i] == 0)
                continue;
            _anyAlike = true;
            moved += different - (HasOwn(Row + i) ? 1 : 0);
        }

        return left >= 0 && (moved == 0 || (AreTame(tiles.Columns.Norms + Column, Columns) && AreTame(tiles.Rows.Norms + Row, Rows)));
    }

    // The pair of an anchor with itself weighs nothing, and is no difference of points.
    private bool HasOwn(int anchor) => tiles.Rows == tiles.Columns && anchor >= Column && anchor < Column + Columns;

    // The bits of a float are nearly its logarithm: however far out some are, they hardly move the mean.
    private static bool AreTame(float* norms, int count)
    {
        long sum = 0, largest = 0;
        for (int i = 0; i < count; i++)
        {
            long bits = ((uint*)norms)[i];
            sum += bits;
            largest = Math.Max(largest, bits);
        }

        return largest - (sum / Math.Max(count, 1)) <= FarthestOut << 23;
    }

    // What is not finite stays where it is. A zero is positive here, whatever it was.
    private static float Usual(float one, float another, float third)
    {
        float usual = another == third ? another : one;
        return float.IsFinite(usual) ? usual + 0f : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Differences(float* weights, int count, float alike)
    {
        TVector zero = TWidth.Broadcast(0), usual = TWidth.Broadcast(alike);
        int different = 0, column = 0;
        for (; column + TWidth.Lanes <= count; column += TWidth.Lanes)
            different += TWidth.Lanes - BitOperations.PopCount(TWidth.EqualBits(TWidth.Add(TWidth.Load(weights + column), zero), usual));
        for (; column < count; column++)
            different += weights[column] != alike ? 1 : 0;
        return different;
    }
}
