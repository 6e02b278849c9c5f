using System.Numerics;
using System.Runtime.CompilerServices;

namespace TripletLoss;

/// <summary>
/// Some anchors' weights of some references. Where nearly all in a row are alike, 0 or not, they become that number and the few differences to it: Σ w x of
/// equal weights is w Σ x. So it is before training, when all triplets are active, and at its end, when hardly any is.
/// </summary>
/// <param name="mostRows">How many rows it ever has.</param>
/// <param name="total">Room for a point in the order of the panels, which blocks of a worker may share.</param>
/// <param name="arena">Where the memory comes from.</param>
internal sealed unsafe class WeightBlock<TWidth, TVector>(int mostRows, float* total, NativeArena arena)
    where TWidth : struct, IVectorWidth<TVector>
    where TVector : struct
{
    // A product makes so many sums in the time that one weight takes by itself.
    private const int TimesDearer = 4;

    private readonly float* _alike = arena.Allocate<float>(mostRows);
    private bool _anyAlike;

    /// <summary>The weights; where <see cref="AreFew"/>, the differences to what is alike.</summary>
    public float* Weights { get; private set; }

    public int Stride { get; private set; }

    /// <summary>The first anchor.</summary>
    public int Row { get; private set; }

    public int Rows { get; private set; }

    /// <summary>The first reference.</summary>
    public int Column { get; private set; }

    public int Columns { get; private set; }

    /// <summary>Whether few of the weights are not 0.</summary>
    public bool AreFew { get; private set; }

    /// <summary>Takes weights, which it may change.</summary>
    public void Take(float* weights, int stride, int row, int rows, int column, int columns)
    {
        Weights = weights;
        (Stride, Row, Rows, Column, Columns) = (stride, row, rows, column, columns);
        long most = (long)rows * columns / TimesDearer;
        _anyAlike = false;
        for (int i = 0; i < rows && columns > 0 && most >= 0; i++, weights += stride)
        {
            _alike[i] = Usual(weights[columns / 4], weights[columns / 2], weights[columns - 1 - (columns / 4)]);
            _anyAlike |= _alike[i] != 0;
            most -= Differences(weights, columns, _alike[i], store: false);
        }

        AreFew = most >= 0;
        for (int i = 0; i < rows && AreFew; i++)
            Differences(Weights + ((nint)i * stride), columns, _alike[i], store: true);
    }

    /// <summary>Adds what is alike to the sums of the anchors, which stand from a place on.</summary>
    public void AddAlikeToAnchors(CoordinatePanels<TWidth, TVector> references, CoordinatePanels<TWidth, TVector> sums, int place)
    {
        if (!AreFew || !_anyAlike)
            return;
        references.SumUp(Column, Column + Columns, null, total);
        for (int i = 0; i < Rows; i++)
            sums.Add(place + i, _alike[i], total);
    }

    /// <summary>Adds what is alike to the sums of the references.</summary>
    public void AddAlikeToReferences(CoordinatePanels<TWidth, TVector> anchors, CoordinatePanels<TWidth, TVector> sums)
    {
        if (!AreFew || !_anyAlike)
            return;
        anchors.SumUp(Row, Row + Rows, _alike, total);
        for (int j = 0; j < Columns; j++)
            sums.Add(Column + j, 1, total);
    }

    private static float Usual(float one, float another, float third) => another == third ? another : one;

    // A zero is positive here, whatever it was.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Differences(float* weights, int count, float alike, bool store)
    {
        TVector zero = TWidth.Broadcast(0), usual = TWidth.Broadcast(alike);
        int different = 0, column = 0;
        for (; column + TWidth.Lanes <= count; column += TWidth.Lanes)
        {
            TVector difference = TWidth.Add(TWidth.Subtract(TWidth.Load(weights + column), usual), zero);
            different += TWidth.Lanes - BitOperations.PopCount(TWidth.EqualBits(difference, zero));
            if (store)
                TWidth.Store(weights + column, difference);
        }

        for (; column < count; column++)
        {
            float difference = weights[column] - alike + 0f;
            different += difference != 0 ? 1 : 0;
            if (store)
                weights[column] = difference;
        }

        return different;
    }
}
