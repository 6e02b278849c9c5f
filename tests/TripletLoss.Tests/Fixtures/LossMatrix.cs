namespace TripletLoss.Tests;

/// <summary>Every loss with every distance, by name.</summary>
public static class LossMatrix
{
    public static TheoryData<string, string> Combinations()
    {
        var data = new TheoryData<string, string>();
        foreach (string kind in LossUnderTest.Kinds)
        {
            foreach (var distance in DistancesUnderTest.Oracles)
                data.Add(kind, distance.Name);
        }
        return data;
    }
}
