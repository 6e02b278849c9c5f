using static TorchSharp.torch;

namespace TripletLoss.Tests;

/// <summary>The library's distances, by their oracles; custom ones among them.</summary>
internal static class DistancesUnderTest
{
    private static readonly Dictionary<OracleDistance, Distance> All = new()
    {
        [OracleDistance.SquaredEuclidean] = Distance.SquaredEuclidean,
        [OracleDistance.Euclidean] = Distance.Euclidean,
        [OracleDistance.Cosine] = Distance.Cosine,
        [new ManhattanOracle()] = Distance.Create((x, y) => Differences(x, y).abs().sum(2)),
        [new SkewedOracle()] = Distance.Create((x, y) => Differences(x, y).relu().Times(2).Plus((-Differences(x, y)).relu()).sum(2)),
        [new NaiveRootOracle()] = Distance.Create((x, y) => Differences(x, y).Squared().sum(2).sqrt()),
    };

    public static IReadOnlyCollection<OracleDistance> Oracles => All.Keys;

    public static Distance Of(OracleDistance oracle) => All[oracle];

    public static OracleDistance Named(string name) => All.Keys.Single(oracle => oracle.Name == name);

    private static Tensor Differences(Tensor x, Tensor y) => x.unsqueeze(1) - y.unsqueeze(0);
}
