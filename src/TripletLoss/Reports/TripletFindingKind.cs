using System.Text.Json.Serialization;

namespace TripletLoss;

/// <summary>What a report can find wrong with a batch.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TripletFindingKind>))]
public enum TripletFindingKind
{
    /// <summary>The batch is empty.</summary>
    EmptyBatch,

    /// <summary>An embedding has an entry that is not finite, and the loss is NaN.</summary>
    NonFiniteEmbeddings,

    /// <summary>No anchor has a positive.</summary>
    NoPositives,

    /// <summary>No anchor has a negative.</summary>
    NoNegatives,

    /// <summary>More than half of the anchors have no positive.</summary>
    FewPositives,

    /// <summary>The margin is larger than any distance of unit vectors.</summary>
    UnreachableMargin,

    /// <summary>All embeddings are nearly the same, and the loss stays at the margin.</summary>
    Collapsed,

    /// <summary>Hardly anything is left to learn: fewer than 1 % of the anchors have a loss.</summary>
    AllSatisfied,

    /// <summary>The embeddings are not of unit length, on which the margin's meaning depends.</summary>
    NotUnitLength,
}
