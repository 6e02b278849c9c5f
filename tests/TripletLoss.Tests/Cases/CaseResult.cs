namespace TripletLoss.Tests;

/// <summary>What a library's call gave: the value(s), and gradients where they were wanted.</summary>
internal sealed record CaseResult(double[] Values, double[]? AnchorGradient, double[]? ReferenceGradient, double[]? WeightGradient);
