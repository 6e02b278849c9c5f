using System.Text.Json.Serialization;

namespace TripletLoss;

/// <summary>What the terms of a loss are, which a report counts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TripletReportUnit>))]
public enum TripletReportUnit
{
    /// <summary>One term an anchor: <see cref="TripletHardLoss"/>, and custom losses.</summary>
    Anchors,

    /// <summary>One term a positive pair: <see cref="TripletSemiHardLoss"/>.</summary>
    Pairs,

    /// <summary>One term a triplet: <see cref="TripletBatchAllLoss"/>.</summary>
    Triplets,
}
