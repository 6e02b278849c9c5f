using System.Text.Json.Serialization;
using TripletLoss;

namespace Kanji;

/// <summary>Something that a batch's report found.</summary>
internal sealed record Warning(int Seed, int Batch, TripletFinding Finding)
{
    /// <summary>Nothing left to learn is what training is for.</summary>
    [JsonIgnore]
    public bool IsSuccess => Finding.Kind == TripletFindingKind.AllSatisfied;

    public override string ToString() => $"seed {Seed}, batch {Batch}: {Finding.Kind}: {Finding.Text}";
}
