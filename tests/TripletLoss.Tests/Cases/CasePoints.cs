namespace TripletLoss.Tests;

/// <summary>Labels and points, row-major and not yet rounded to a type.</summary>
internal sealed record CasePoints(long[] Labels, double[] Values, int Dim)
{
    public static CasePoints Draw(Random random, PointCloud cloud, int count, int dim)
    {
        var patterns = Enum.GetValues<LabelPattern>();
        return new(patterns[random.Next(patterns.Length)].Draw(random, count), cloud.Scatter(random, count, dim), dim);
    }

    /// <summary>One entry made NaN or infinite.</summary>
    public CasePoints Spoilt(Random random)
    {
        double[] values = [.. Values];
        values[random.Next(values.Length)] = random.Next(3) switch { 0 => double.NaN, 1 => double.PositiveInfinity, _ => double.NegativeInfinity };
        return this with { Values = values };
    }

    public double[] Row(int index) => Values[(index * Dim)..((index + 1) * Dim)];

    /// <summary>The classes numbered from <paramref name="first"/> on.</summary>
    public CasePoints Numbered(long first) => this with { Labels = [.. Labels.Select(label => first + label)] };
}
