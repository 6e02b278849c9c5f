namespace TripletLoss;

/// <summary>How a batch is walked through.</summary>
internal enum MiningWay
{
    /// <summary>Square tiles, every threshold against every distance: for few positives. A batch that mines itself needs only those on and above the diagonal.</summary>
    Tiles,

    /// <summary>Whole rows, sorted or in buckets: for many positives.</summary>
    Rows,
}
