using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Squared Euclidean distances of pairs of points, from their differences in float64.</summary>
/// <remarks>
/// The sums are kept in twice the digits and rounded once: points that differ from a query by the same amounts in another order or with other signs are equally far from it, to the last bit.
/// </remarks>
internal sealed class SquaredDifferences
{
    private readonly Tensor _queries;
    private readonly Tensor _references;
    private readonly TensorMemory<double> _queryRows;
    private readonly TensorMemory<double> _referenceRows;

    /// <summary>Between the rows of two matrices [n, d] on the CPU, float64.</summary>
    public SquaredDifferences(Tensor queries, Tensor references)
    {
        (_queries, _references) = (queries.contiguous(), references.contiguous());
        (_queryRows, _referenceRows) = (new TensorMemory<double>(_queries), new TensorMemory<double>(_references));
    }

    /// <summary>The squared distance of two rows.</summary>
    public double Between(int query, int reference)
    {
        ReadOnlySpan<double> first = _queryRows.Row(query), second = _referenceRows.Row(reference);
        var firsts = MemoryMarshal.Cast<double, Vector<double>>(first);
        var seconds = MemoryMarshal.Cast<double, Vector<double>>(second);
        Vector<double> sums = default, errors = default;
        for (int i = 0; i < firsts.Length; i++)
        {
            var difference = firsts[i] - seconds[i];
            var square = difference * difference;
            var sum = sums + square;
            var added = sum - sums;
            errors += sums - (sum - added) + (square - added);
            sums = sum;
        }
        double total = 0, error = Vector.Sum(errors);
        for (int i = 0; i < Vector<double>.Count; i++)
            Add(sums[i], ref total, ref error);
        for (int i = firsts.Length * Vector<double>.Count; i < first.Length; i++)
            Add((first[i] - second[i]) * (first[i] - second[i]), ref total, ref error);
        return total + error;
    }

    // Knuth's sum of two numbers, and what rounding took from it.
    private static void Add(double term, ref double total, ref double error)
    {
        double sum = total + term;
        double added = sum - total;
        error += total - (sum - added) + (term - added);
        total = sum;
    }
}
