using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>How exact a kernel has to be.</summary>
/// <param name="Rounding">Its error in a squared distance, over |a|² + |n|²; a choice within it counts as right.</param>
/// <param name="Value">The error of a value, over D + margin.</param>
/// <param name="Gradient">The error of a gradient, over its largest entry.</param>
internal sealed record CaseTolerance(double Rounding, double Value, double Gradient)
{
    /// <summary>What is promised of any kernel.</summary>
    public static CaseTolerance OfAnyKernel(RandomCase @case) => Of(@case, new(2e-6, 1e-5, 2e-5));

    /// <summary>What the tensor kernel reaches, which computes in the type of the embeddings.</summary>
    public static CaseTolerance OfTensorKernel(RandomCase @case) => @case.Type == ScalarType.Float64 || IsCustom(@case) ? OfCarefulKernel(@case) : OfAnyKernel(@case);

    /// <summary>What its careful way reaches, which computes in float64.</summary>
    public static CaseTolerance OfCarefulKernel(RandomCase @case) =>
        Of(@case, @case.Type == ScalarType.Float64 ? new(1e-12, 1e-7, 1e-6) : new(1e-12, 1e-6, 1e-5));

    /// <summary>What the loss object's own kernel reaches: SIMD where there may be one, in float32 by a distance of the catalogue.</summary>
    public static CaseTolerance OfLoss(RandomCase @case) =>
        @case.Type == ScalarType.Float64 || IsCustom(@case) ? OfCarefulKernel(@case) : OfAnyKernel(@case);

    private static CaseTolerance Of(RandomCase @case, CaseTolerance tolerance)
    {
        // A user's function is computed in the type of the embeddings.
        if (IsCustom(@case) && @case.Type != ScalarType.Float64)
            tolerance = tolerance with { Rounding = Math.Max(tolerance.Rounding, 2e-6), Value = Math.Max(tolerance.Value, 1e-5) };
        return tolerance with
        {
            Rounding = @case.IsExact ? 0 : tolerance.Rounding,
            Gradient = Math.Max(tolerance.Gradient, GradientPrecision(@case.Type)),
        };
    }

    private static bool IsCustom(RandomCase @case) => !OracleDistance.Catalogue.Contains(@case.Loss.Distance);

    private static double GradientPrecision(ScalarType type) => type switch
    {
        ScalarType.Float16 => 1e-3,
        ScalarType.BFloat16 => 8e-3,
        _ => 0,
    };
}
