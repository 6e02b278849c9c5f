using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Embeddings as the tile loop wants them: of unit length for the cosine distance, without a common offset for the others.</summary>
/// <param name="Points">[n, d].</param>
/// <param name="SquaredNorms">[n]; 1 for a zero vector of the cosine distance too, which makes its distances 1.</param>
/// <param name="Unit">What the normalisation did, to undo it in the gradient.</param>
internal readonly record struct PreparedPoints(Tensor Points, Tensor SquaredNorms, UnitVectors? Unit)
{
    /// <summary>Prepares anchors and, unless the batch mines itself, references; in the type <paramref name="type"/>.</summary>
    /// <param name="distance">The distance.</param>
    /// <param name="anchors">[A, d].</param>
    /// <param name="references">[N, d], or null.</param>
    /// <param name="type">The type of the points.</param>
    /// <param name="centreDirections">
    /// Whether the cosine's directions are centred too, before they are rounded to the type: near-parallel ones then stay apart in float32. A norm of 1 cannot
    /// stand for a zero vector any more, so there must be none.
    /// </param>
    public static (PreparedPoints Anchors, PreparedPoints References) Of(
        Distance distance, Tensor anchors, Tensor? references, ScalarType type, bool centreDirections = false)
    {
        // Contiguous, or equal points might be summed in different orders and equal no longer.
        var computing = distance.OfUnitVectors ? float64 : type;
        anchors = anchors.detach().to_type(computing).contiguous();
        references = references?.detach().to_type(computing).contiguous();
        if (distance.OfUnitVectors)
            return OfUnitLength(UnitVectors.Of(anchors), references, type, centreDirections);
        var offset = CommonOffset(references ?? anchors);
        var centred = Centred(anchors, offset, null);
        return (centred, references is null ? centred : Centred(references, offset, null));
    }

    /// <summary>From the gradient by the points to the gradient by the embeddings.</summary>
    public Tensor GradientOfEmbeddings(Tensor gradient)
    {
        if (Unit is not { } unit)
            return gradient;
        // The part along the vector changes its length only, and the cosine does not see that.
        var along = (gradient * unit.Directions).sum(1, keepdim: true);
        return ((gradient - along * unit.Directions) / unit.Lengths).masked_fill(unit.IsZero, Numbers.Zero);
    }

    private static (PreparedPoints Anchors, PreparedPoints References) OfUnitLength(
        UnitVectors anchors, Tensor? others, ScalarType type, bool centre)
    {
        UnitVectors? references = others is null ? null : UnitVectors.Of(others);
        if (!centre)
        {
            var unit = OfUnitLength(anchors, type);
            return (unit, references is { } unmoved ? OfUnitLength(unmoved, type) : unit);
        }
        var offset = CommonOffset((references ?? anchors).Directions);
        var centred = Centred(anchors.Directions, offset, anchors, type);
        return (centred, references is { } moved ? Centred(moved.Directions, offset, moved, type) : centred);
    }

    private static PreparedPoints OfUnitLength(UnitVectors unit, ScalarType type)
    {
        var points = unit.Directions.to_type(type);
        // 1 and not what it rounds to, so that a zero vector is exactly as far from all; but NaN for what is not finite.
        return new PreparedPoints(points, points.sum(1).mul(Numbers.Zero).add(Numbers.One, Numbers.One), unit);
    }

    private static PreparedPoints Centred(Tensor embeddings, Tensor offset, UnitVectors? unit, ScalarType? type = null)
    {
        var points = (embeddings - offset).to_type(type ?? embeddings.dtype);
        return new PreparedPoints(points, (points * points).sum(1), unit);
    }

    // The column means, each rounded to a multiple of 2^⌊log₂ σ⌋ of its column: so the subtraction is exact, and exact ties stay ties. Without it the
    // products of embeddings that share a large offset would hold nothing but the offset.
    private static Tensor CommonOffset(Tensor embeddings)
    {
        if (embeddings.size(0) == 0)
            return zeros([1, embeddings.size(1)], embeddings.dtype, embeddings.device);
        var spread = embeddings.std([0], unbiased: false, keepdim: true);
        var (mantissa, _) = frexp(spread);
        var grid = (spread / mantissa).mul(Numbers.Half);
        var mean = (embeddings.mean([0], keepdim: true) / grid).round() * grid;
        return where(spread.gt(Numbers.Zero), mean, embeddings.narrow(0, 0, 1));
    }
}
