using System.Globalization;

namespace TripletLoss.Learning;

/// <summary>A figure over the seeds.</summary>
internal sealed class Sample(IReadOnlyList<double> values)
{
    public double Mean => values.Average();

    /// <summary>Of one value, unbiased.</summary>
    public double StandardDeviation => values.Count < 2 ? double.NaN : Math.Sqrt(values.Sum(value => Math.Pow(value - Mean, 2)) / (values.Count - 1));

    /// <summary>Of the mean.</summary>
    public double StandardError => StandardDeviation / Math.Sqrt(values.Count);

    public string WithDeviation() => $"{Text(Mean, "F3")} ± {Text(StandardDeviation, "F3")}";

    public string WithError() => $"{Text(Mean, "+0.0000;−0.0000;0.0000")} ± {Text(StandardError, "F4")}";

    private static string Text(double value, string format) => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);
}
