namespace TripletLoss.Tests;

/// <summary>A loss of the library beside its oracle.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Margin">The margin.</param>
/// <param name="Distance">The distance, as an oracle.</param>
internal sealed record LossUnderTest(string Kind, double Margin, OracleDistance Distance)
{
    public static IReadOnlyList<string> Kinds { get; } = ["semi-hard", "hard", "hard, soft", "batch-all", "batch-all, valid"];

    public OracleFormula Oracle => Kind switch
    {
        "semi-hard" => new SemiHardOracle(Margin),
        "hard" or "hard, soft" => new HardOracle(Margin, Kind == "hard, soft"),
        _ => new BatchAllOracle(Margin, Kind == "batch-all"),
    };

    /// <summary>What the kernels are called with.</summary>
    public MiningRule Rule => Kind switch
    {
        "semi-hard" => new SemiHardRule(Margin),
        "hard" or "hard, soft" => new HardRule(Margin, Kind == "hard, soft"),
        _ => new BatchAllRule(Margin, Kind == "batch-all"),
    };

    public Loss Create(LossReduction reduction = LossReduction.SumOverBatchSize)
    {
        var distance = DistancesUnderTest.Of(Distance);
        return Kind switch
        {
            "semi-hard" => new TripletSemiHardLoss(Margin, distance, reduction),
            "hard" or "hard, soft" => new TripletHardLoss(Margin, Kind == "hard, soft", distance, reduction),
            _ => new TripletBatchAllLoss(Margin, Kind == "batch-all", distance, reduction),
        };
    }
}
