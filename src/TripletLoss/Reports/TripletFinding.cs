namespace TripletLoss;

/// <summary>Something that a report found wrong, and what to do about it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The same in words, with the numbers and the remedy.</param>
public sealed record TripletFinding(TripletFindingKind Kind, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"**{Kind}**: {Text}";
}
