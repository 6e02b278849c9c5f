using System.Numerics;
using System.Runtime.InteropServices;

namespace TripletLoss;

/// <summary>Lengths and distances of single vectors in double.</summary>
internal static class VectorMath
{
    // Between these a squared length has all its digits.
    private const double SmallestSquare = 1e-200;
    private const double LargestSquare = 1e200;

    // One over a smaller number may overflow, and even the smallest number over this one has a square.
    private const double SmallestLargest = 1e-300;

    /// <summary>Brings a vector to unit length, whatever length it has; returns that length. A zero vector stays as it is.</summary>
    public static double Normalise(Span<double> vector)
    {
        var (squared, scale) = (SquaredLength(vector), 1.0);
        if (squared is not (> SmallestSquare and < LargestSquare))
        {
            scale = SmallestLargest;
            foreach (var number in vector)
                scale = Math.Max(scale, Math.Abs(number));
            Multiply(vector, 1 / scale);
            squared = SquaredLength(vector);
        }

        var length = Math.Sqrt(squared);
        if (length > 0)
            Multiply(vector, 1 / length);
        return length * scale;
    }

    /// <summary>|x − y|².</summary>
    public static double SquaredDistance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ReadOnlySpan<Vector<double>> first = Vectors(x), second = Vectors(y);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < first.Length && i < second.Length; i++)
            sums += (first[i] - second[i]) * (first[i] - second[i]);
        var sum = Vector.Sum(sums);
        for (var i = first.Length * Vector<double>.Count; i < x.Length; i++)
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        return sum;
    }

    private static double SquaredLength(ReadOnlySpan<double> x)
    {
        var vectors = Vectors(x);
        var sums = Vector<double>.Zero;
        foreach (var vector in vectors)
            sums += vector * vector;
        var sum = Vector.Sum(sums);
        foreach (var number in x[(vectors.Length * Vector<double>.Count)..])
            sum += number * number;
        return sum;
    }

    private static void Multiply(Span<double> x, double factor)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(x);
        foreach (ref var vector in vectors)
            vector *= factor;
        foreach (ref var number in x[(vectors.Length * Vector<double>.Count)..])
            number *= factor;
    }

    private static ReadOnlySpan<Vector<double>> Vectors(ReadOnlySpan<double> numbers) => MemoryMarshal.Cast<double, Vector<double>>(numbers);
}
