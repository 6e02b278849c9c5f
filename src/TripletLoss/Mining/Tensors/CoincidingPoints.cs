using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Which points of a batch coincide, found without waiting for the device.</summary>
/// <remarks>
/// A matrix product may round the same column differently at another place. So the distances to points that coincide are made one: a tie
/// between them stays a tie.
/// </remarks>
/// <param name="Anchors">[A]: the first point that coincides with each anchor; the same number for anchors and references.</param>
/// <param name="References">[N]: the first reference that coincides with each reference.</param>
/// <param name="AreAllDistinct">Known to be so on a CPU, and spares a copy; a GPU is not asked.</param>
internal readonly record struct CoincidingPoints(Tensor Anchors, Tensor References, bool AreAllDistinct)
{
    /// <summary>Finds them.</summary>
    /// <param name="anchors">[A, d].</param>
    /// <param name="references">[N, d]; null: the anchors themselves.</param>
    public static CoincidingPoints Of(Tensor anchors, Tensor? references)
    {
        // References first: the first of some that coincide is then one of them.
        var first = FirstOfEach(references is null ? anchors : cat([references, anchors]));
        var count = references?.size(0) ?? anchors.size(0);
        var ofReferences = first.narrow(0, 0, count);
        var areAllDistinct = first.device_type == TorchSharp.DeviceType.CPU
            && ofReferences.eq(Numbers.Range(count, first.device)).all().item<bool>();
        return new CoincidingPoints(references is null ? first : first.narrow(0, count, anchors.size(0)), ofReferences, areAllDistinct);
    }

    /// <summary>[count, N]: whether an anchor from <paramref name="first"/> on coincides with a reference.</summary>
    public Tensor With(long first, long count) => Anchors.narrow(0, first, count).unsqueeze(1).eq(References);

    /// <summary>Distances [count, N] with one value for all references that coincide.</summary>
    public Tensor Equalised(Tensor distances) => AreAllDistinct ? distances : distances.index_select(1, References);

    // Coinciding points have one projection and are neighbours once sorted by it. Others that share it by chance are told apart by the comparison.
    private static Tensor FirstOfEach(Tensor points)
    {
        var (count, dim) = (points.size(0), points.size(1));
        var positions = Numbers.Range(count, points.device);
        if (count < 2)
            return positions;
        var direction = Numbers.Range(dim, points.device).add(Numbers.WholeOne, Numbers.WholeOne).to_type(points.dtype).sin();
        var (_, order) = (points * direction).sum(1).sort(0, stable: true);
        var sorted = points.index_select(0, order);
        var differs = sorted.narrow(0, 1, count - 1).ne(sorted.narrow(0, 0, count - 1)).any(1);
        // Where a run of equal points begins; no later one has a smaller position.
        var (starts, _) = (positions.narrow(0, 1, count - 1) * differs).cummax(0);
        var firsts = order.index_select(0, cat([zeros(1, int64, points.device), starts]));
        return empty_like(order).scatter_(0, order, firsts);
    }
}
