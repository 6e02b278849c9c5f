namespace TripletLoss.Tests;

/// <summary>Mined indices as plain numbers.</summary>
internal static class MinedTriplets
{
    public static List<(long Anchor, long Positive, long Negative)> Of(TripletIndices indices)
    {
        using (indices)
        {
            var (anchors, positives, negatives) = indices;
            return [.. TensorNumbers.Integers(anchors).Zip(TensorNumbers.Integers(positives), TensorNumbers.Integers(negatives))];
        }
    }

    public static (long Anchor, long Positive, long Negative) Of(long[] triplet) => (triplet[0], triplet[1], triplet[2]);
}
