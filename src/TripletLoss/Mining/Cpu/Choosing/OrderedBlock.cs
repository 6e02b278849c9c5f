namespace TripletLoss;

/// <summary>The points of a block in their original order.</summary>
/// <param name="places">Where each stands in the block.</param>
/// <param name="originals">Its original index.</param>
/// <param name="count">How many.</param>
internal readonly unsafe struct OrderedBlock(int* places, int* originals, int count)
{
    public int* Places => places;

    public int* Originals => originals;

    public int Count => count;
}
