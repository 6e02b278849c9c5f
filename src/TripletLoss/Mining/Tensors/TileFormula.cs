namespace TripletLoss;

/// <summary>A rule on a tile of distances.</summary>
internal abstract class TileFormula
{
    /// <summary>The formula of a rule.</summary>
    public static TileFormula Of(MiningRule rule) => rule switch
    {
        SemiHardRule semiHard => new SemiHardFormula(semiHard.Margin),
        HardRule hard => new HardFormula(hard.Margin, hard.Soft),
        BatchAllRule all => new BatchAllFormula(all.Margin),
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    /// <summary>The sums of a tile's anchors and their derivative by each distance.</summary>
    public abstract TileOutcome Evaluate(DistanceTile tile);

    /// <summary>What the rule chooses in a tile; null for one that chooses no triplets.</summary>
    public abstract ChosenTriplets? Choose(DistanceTile tile);
}
