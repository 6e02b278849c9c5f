using System.Runtime.Intrinsics;

namespace TripletLoss;

/// <summary>A <see cref="DistanceScale"/> as a type, for loops that should not ask at every distance.</summary>
internal interface IDistanceScale
{
    /// <summary>The distance of a squared distance.</summary>
    static abstract double Apply(double squared);

    /// <summary>The squared distance of a distance.</summary>
    static abstract double Squared(double distance);

    /// <summary>d distance / d |a − n|²; 0 where the points coincide.</summary>
    static abstract double Slope(double squared);

    /// <inheritdoc cref="Apply(double)"/>
    static abstract Vector256<double> Apply(Vector256<double> squared);

    /// <inheritdoc cref="Slope(double)"/>
    static abstract Vector256<double> Slope(Vector256<double> squared);
}

internal readonly struct SquaredScale : IDistanceScale
{
    public static double Apply(double squared) => squared;

    public static double Squared(double distance) => distance;

    public static double Slope(double squared) => squared > 0 ? 1 : 0;

    public static Vector256<double> Apply(Vector256<double> squared) => squared;

    public static Vector256<double> Slope(Vector256<double> squared) => Vector256.GreaterThan(squared, default) & Vector256<double>.One;
}

internal readonly struct RootScale : IDistanceScale
{
    public static double Apply(double squared) => Math.Sqrt(squared);

    public static double Squared(double distance) => distance * distance;

    public static double Slope(double squared) => squared > 0 ? 0.5 / Math.Sqrt(squared) : 0;

    public static Vector256<double> Apply(Vector256<double> squared) => Vector256.Sqrt(squared);

    public static Vector256<double> Slope(Vector256<double> squared) =>
        Vector256.GreaterThan(squared, default) & (Vector256.Create(0.5) / Vector256.Sqrt(squared));
}

internal readonly struct HalfSquaredScale : IDistanceScale
{
    public static double Apply(double squared) => squared / 2;

    public static double Squared(double distance) => 2 * distance;

    public static double Slope(double squared) => squared > 0 ? 0.5 : 0;

    public static Vector256<double> Apply(Vector256<double> squared) => squared / 2;

    public static Vector256<double> Slope(Vector256<double> squared) => Vector256.GreaterThan(squared, default) & Vector256.Create(0.5);
}
