using System.Text.Json.Serialization;

namespace TripletLoss;

/// <summary>How a set of numbers is spread: its ends and five quantiles between.</summary>
/// <remarks>
/// Quantiles are interpolated linearly between neighbours, as NumPy does by default. Of many numbers they are taken from a fixed, evenly drawn sample
/// (the same numbers give the same sample): of about 16 384 chosen distances or more, whose ends are exact all the same; for batch-all of 2048 pairs, ends included, where there are more than 4096. Numbers that are not finite are left out.
/// </remarks>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record Quantiles
{
    private static readonly double[] Shares = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <param name="count">How many numbers there were.</param>
    /// <param name="values">Some or all of them; their order changes.</param>
    /// <param name="minimum">The smallest of all.</param>
    /// <param name="maximum">The largest of all.</param>
    internal Quantiles(long count, Span<double> values, double minimum, double maximum)
    {
        var length = values.Length;
        PartialSort.Sort(values, length == 0 ? [] : [.. Shares.SelectMany(share => new[] { Below(share, length), Above(share, length) })]);
        Count = count;
        IsSampled = length < count;
        Minimum = minimum;
        Percentile5 = At(values, Shares[0]);
        Percentile25 = At(values, Shares[1]);
        Median = At(values, Shares[2]);
        Percentile75 = At(values, Shares[3]);
        Percentile95 = At(values, Shares[4]);
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

    private static double Position(double share, int count) => share * (count - 1);

    private static int Below(double share, int count) => (int)Position(share, count);

    private static int Above(double share, int count) => Math.Min(Below(share, count) + 1, count - 1);

    private static double At(ReadOnlySpan<double> values, double share)
    {
        if (values.IsEmpty)
            return double.NaN;
        double below = values[Below(share, values.Length)], above = values[Above(share, values.Length)];
        return below + ((Position(share, values.Length) % 1) * (above - below));
    }
}
