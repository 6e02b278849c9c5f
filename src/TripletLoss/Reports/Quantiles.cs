using System.Text.Json.Serialization;

namespace TripletLoss;

/// <summary>How a set of numbers is spread: its ends and five quantiles between.</summary>
/// <remarks>
/// Quantiles are interpolated linearly between neighbours, as NumPy does by default. Of many numbers they are taken from a fixed, evenly drawn sample
/// (the same numbers give the same sample): of 16 384 chosen distances, whose ends are exact all the same; of 2048 pairs for batch-all. Numbers that are not finite are left out.
/// </remarks>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record Quantiles
{
    internal Quantiles(long count, double[] sorted, double minimum, double maximum)
    {
        Count = count;
        IsSampled = sorted.Length < count;
        Minimum = minimum;
        Percentile5 = At(sorted, 0.05);
        Percentile25 = At(sorted, 0.25);
        Median = At(sorted, 0.5);
        Percentile75 = At(sorted, 0.75);
        Percentile95 = At(sorted, 0.95);
        Maximum = maximum;
    }

    /// <summary>How many finite numbers there were.</summary>
    public long Count { get; private init; }

    /// <summary>Whether the quantiles come from a sample.</summary>
    public bool IsSampled { get; private init; }

    /// <summary>The smallest.</summary>
    public double Minimum { get; }

    /// <summary>The number that 5 % are below.</summary>
    public double Percentile5 { get; }

    /// <summary>The number that 25 % are below.</summary>
    public double Percentile25 { get; }

    /// <summary>The number that half are below.</summary>
    public double Median { get; }

    /// <summary>The number that 75 % are below.</summary>
    public double Percentile75 { get; }

    /// <summary>The number that 95 % are below.</summary>
    public double Percentile95 { get; }

    /// <summary>The largest.</summary>
    public double Maximum { get; }

    /// <summary>The seven numbers in ascending order.</summary>
    internal double[] Values => [Minimum, Percentile5, Percentile25, Median, Percentile75, Percentile95, Maximum];

    /// <summary>The numbers in one line, the same in every culture.</summary>
    /// <returns>For instance <c>0.1 (5 % 0.2, 25 % 0.4, 50 % 0.5, 75 % 0.7, 95 % 0.8) 0.9</c>.</returns>
    public override string ToString()
    {
        string[] numbers = [.. Values.Select(ReportTable.Number)];
        return $"{numbers[0]} (5 % {numbers[1]}, 25 % {numbers[2]}, 50 % {numbers[3]}, 75 % {numbers[4]}, 95 % {numbers[5]}) {numbers[6]}";
    }

    /// <summary>The same, of which only a part was looked at.</summary>
    internal Quantiles Of(long count) => this with { Count = count, IsSampled = IsSampled || Count < count };

    private static double At(double[] sorted, double share)
    {
        if (sorted.Length == 0)
            return double.NaN;
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
