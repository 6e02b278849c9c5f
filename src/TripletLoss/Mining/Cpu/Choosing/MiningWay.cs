namespace TripletLoss;

/// <summary>How a batch is walked through.</summary>
internal enum MiningWay
{
    /// <summary>Square tiles on and above the diagonal of a batch that mines itself (batch-all: any): half of the product, for few positives.</summary>
    Tiles,

    /// <summary>Strips of whole rows, every threshold against every distance.</summary>
    Strips,

    /// <summary>Whole rows, sorted or in buckets: for many positives.</summary>
    Rows,
}
