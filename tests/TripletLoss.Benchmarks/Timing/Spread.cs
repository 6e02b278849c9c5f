namespace TripletLoss.Benchmarks;

/// <summary>A median with its quartiles.</summary>
internal readonly record struct Spread(double Median, double Lower, double Upper, int Count)
{
    /// <summary>The spread of some samples.</summary>
    public static Spread Of(IEnumerable<double> samples)
    {
        double[] sorted = [.. samples.Order()];
        return new(Quantile(sorted, 0.5), Quantile(sorted, 0.25), Quantile(sorted, 0.75), sorted.Length);
    }

    /// <summary>The same in another unit.</summary>
    public Spread Over(double unit) => new(Median / unit, Lower / unit, Upper / unit, Count);

    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
