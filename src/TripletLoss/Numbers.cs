using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The numbers that the library hands to libtorch, kept for ever.</summary>
/// <remarks>
/// TorchSharp passes the handle of a <see cref="Scalar"/> and lets go of the object: one that nobody else holds may be collected, and its memory given away, while libtorch still reads it. A number that is not
/// here lives in a <c>using</c> until after the call.
/// </remarks>
internal static class Numbers
{
    public static Scalar Zero { get; } = 0.0.ToScalar();

    public static Scalar Half { get; } = 0.5.ToScalar();

    public static Scalar One { get; } = 1.0.ToScalar();

    public static Scalar Two { get; } = 2.0.ToScalar();

    public static Scalar MinusOne { get; } = (-1.0).ToScalar();

    public static Scalar MinusTwo { get; } = (-2.0).ToScalar();

    public static Scalar Infinity { get; } = double.PositiveInfinity.ToScalar();

    public static Scalar NotANumber { get; } = double.NaN.ToScalar();

    public static Scalar NegativeInfinity { get; } = double.NegativeInfinity.ToScalar();

    /// <summary>0, 1, 2, … as int64 [count].</summary>
    public static Tensor Range(long count, Device device)
    {
        using var end = count.ToScalar();
        return arange(WholeZero, end, WholeOne, int64, device);
    }

    /// <summary>For integer tensors, which a floating number would turn into floating ones.</summary>
    public static Scalar WholeZero { get; } = 0L.ToScalar();

    /// <inheritdoc cref="WholeZero"/>
    public static Scalar WholeMinusOne { get; } = (-1L).ToScalar();

    /// <inheritdoc cref="WholeZero"/>
    public static Scalar WholeOne { get; } = 1L.ToScalar();

    /// <inheritdoc cref="WholeZero"/>
    public static Scalar MostWhole { get; } = long.MaxValue.ToScalar();
}
