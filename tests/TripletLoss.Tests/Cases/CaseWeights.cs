namespace TripletLoss.Tests;

/// <summary>The sample weights of a case: one number, or one per anchor.</summary>
internal sealed record CaseWeights(WeightKind Kind, double[] Values, bool WantGradient)
{
    public static CaseWeights Draw(Random random, int count)
    {
        var kinds = Enum.GetValues<WeightKind>();
        var kind = kinds[random.Next(kinds.Length)];
        bool isSilent = random.Next(10) == 0;
        double[] values = [.. Enumerable.Range(0, kind == WeightKind.Scalar ? 1 : count).Select(_ => isSilent || random.Next(5) == 0 ? 0 : random.Next(1, 17) / 8.0)];
        return new(kind, values, random.Next(2) == 0);
    }

    /// <summary>One an anchor; null: ones.</summary>
    public double[]? PerAnchor(int anchors) => Kind switch
    {
        WeightKind.None => null,
        WeightKind.Scalar => [.. Enumerable.Repeat(Values[0], anchors)],
        _ => Values,
    };
}
