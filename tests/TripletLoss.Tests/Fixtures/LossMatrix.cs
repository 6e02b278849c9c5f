namespace TripletLoss.Tests;

/// <summary>Losses with distances, by name.</summary>
public static class LossMatrix
{
    public static TheoryData<string, string> Combinations() => With(DistancesUnderTest.Oracles.Select(distance => distance.Name));

    /// <summary>Every loss with some distances.</summary>
    public static TheoryData<string, string> With(IEnumerable<string> distances)
    {
        var data = new TheoryData<string, string>();
        foreach (string kind in LossUnderTest.Kinds)
        {
            foreach (string distance in distances)
                data.Add(kind, distance);
        }
        return data;
    }
}
