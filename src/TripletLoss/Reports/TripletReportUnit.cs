using System.Text.Json.Serialization;

namespace TripletLoss;

/// <summary>What the terms of a loss are, which a report counts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TripletReportUnit>))]
public enum TripletReportUnit
{
    /// <summary>One term per anchor: <see cref="TripletHardLoss"/>, and custom losses.</summary>
    Anchors,

    /// <summary>One term per positive pair: <see cref="TripletSemiHardLoss"/>.</summary>
    Pairs,

    /// <summary>One term per triplet: <see cref="TripletBatchAllLoss"/>.</summary>
    Triplets,
}
