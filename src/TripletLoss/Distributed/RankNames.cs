namespace TripletLoss;

/// <summary>Ranks in the words of an error message.</summary>
internal static class RankNames
{
    private const int Shown = 8;

    /// <summary><c>rank 1</c>, <c>ranks 0 and 2</c>.</summary>
    public static string Of(IReadOnlyList<int> ranks) => ranks switch
    {
        [var one] => $"rank {one}",
        { Count: > Shown } => $"ranks {string.Join(", ", ranks.Take(Shown))} and {ranks.Count - Shown} more",
        _ => $"ranks {string.Join(", ", ranks.SkipLast(1))} and {ranks[^1]}",
    };

    /// <summary><c>0.5 on ranks 0 and 2; 0.2 on rank 1</c>: what each rank has.</summary>
    public static string WithValues(IEnumerable<string> values) => string.Join("; ", values
        .Select((value, rank) => (Value: value, Rank: rank))
        .GroupBy(pair => pair.Value, pair => pair.Rank)
        .Take(Shown)
        .Select(group => $"{group.Key} on {Of([.. group])}"));
}
