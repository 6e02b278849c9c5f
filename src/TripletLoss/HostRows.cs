using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The rows of a matrix on the host, read one at a time and in double. They are good as long as the matrix and the dispose scope of this call.</summary>
/// <param name="matrix">[n, d]; float64, or what float32 holds without loss.</param>
internal readonly ref struct HostRows(Tensor matrix)
{
    private readonly ReadOnlySpan<float> _floats = matrix.dtype == float64 ? [] : HostCopy.View<float>(matrix.to_type(float32));
    private readonly ReadOnlySpan<double> _doubles = matrix.dtype == float64 ? HostCopy.View<double>(matrix) : [];

    /// <summary>Writes the d numbers of a row.</summary>
    public void Read(int row, Span<double> numbers)
    {
        var start = row * numbers.Length;
        if (_floats.IsEmpty)
            _doubles.Slice(start, numbers.Length).CopyTo(numbers);
        else
            Widen(_floats.Slice(start, numbers.Length), numbers);
    }

    private static void Widen(ReadOnlySpan<float> narrow, Span<double> wide)
    {
        var from = MemoryMarshal.Cast<float, Vector<float>>(narrow);
        var to = MemoryMarshal.Cast<double, Vector<double>>(wide);
        for (var i = 0; i < from.Length; i++)
            Vector.Widen(from[i], out to[2 * i], out to[(2 * i) + 1]);
        for (var i = from.Length * Vector<float>.Count; i < narrow.Length; i++)
            wide[i] = narrow[i];
    }
}
