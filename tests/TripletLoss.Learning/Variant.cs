using Kanji;

namespace TripletLoss.Learning;

/// <summary>One way to train, and the name of its rule; the variants of a rule are held against its plain one.</summary>
internal sealed record Variant(string Rule, string Name, Recipe Recipe)
{
    public const string Plain = "plain B×B";

    private const double Margin = 0.5;
    private const int LastBatches = 10 * Training.BatchSize;
    private const int Chunk = 48;

    public bool IsPlain => Name == Plain;

    public static IReadOnlyList<Variant> All(int batches) =>
    [
        .. Of("semi-hard", PlainRule.SemiHard, new TripletSemiHardLoss(Margin), batches),
        .. Of("hard", PlainRule.Hard, new TripletHardLoss(Margin), batches),
        .. Of("all", PlainRule.BatchAll, new TripletBatchAllLoss(Margin), batches),
    ];

    private static IEnumerable<Variant> Of(string rule, PlainRule plain, Loss loss, int batches) =>
    [
        new(rule, Plain, new Recipe(new PlainLoss(plain, Margin), batches, Decay: batches)),
        new(rule, $"`{loss.GetType().Name}`", new Recipe(loss, batches, Decay: batches)),
        new(rule, $"`GradientCache`, chunks of {Chunk}", new Recipe(loss, batches, Chunk: Chunk, Decay: batches)),
        new(rule, $"`CrossBatchMemory` of {LastBatches}", new Recipe(loss, batches, Memory: LastBatches, MemoryAfter: batches * 3 / 4, Decay: batches)),
    ];
}
