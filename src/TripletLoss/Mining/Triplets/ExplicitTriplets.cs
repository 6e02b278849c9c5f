using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Triplets given point by point.</summary>
internal sealed record ExplicitTriplets(Tensor Anchor, Tensor Positive, Tensor Negative)
{
    /// <summary>Checks that the three are float tensors of one shape and on one device.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public void Validate()
    {
        ValidatePoints(Anchor, "anchor");
        ValidatePoints(Positive, "positive");
        ValidatePoints(Negative, "negative");
        ValidateLike(Positive, "positive");
        ValidateLike(Negative, "negative");
    }

    /// <summary>D_ap and D_an, or with <paramref name="swap"/> the smaller of D_an and D_pn.</summary>
    public (Tensor Positives, Tensor Negatives) Distances(Distance distance, bool swap)
    {
        var type = Anchor.dtype == float64 ? float64 : float32;
        var (anchor, positive, negative) = (Anchor.to_type(type), Positive.to_type(type), Negative.to_type(type));
        var negatives = RowDistances.Between(distance, anchor, negative);
        if (swap)
            negatives = minimum(negatives, RowDistances.Between(distance, positive, negative));
        return (RowDistances.Between(distance, anchor, positive), negatives);
    }

    /// <summary>1, or NaN if a point is not finite.</summary>
    public Tensor OneIfFinite()
    {
        using var noGradient = no_grad();
        var zero = Anchor.mul(Numbers.Zero).sum().add(Positive.mul(Numbers.Zero).sum(), Numbers.One).add(Negative.mul(Numbers.Zero).sum(), Numbers.One);
        return zero.add(Numbers.One, Numbers.One);
    }

    private static void ValidatePoints(Tensor points, string name)
    {
        ArgumentNullException.ThrowIfNull(points, name);
        if (!points.is_floating_point() || points.is_sparse || points.shape is not [_, > 0])
            throw new ArgumentException($"{name} must be float points [triplets, dim], got {Describe.Tensor(points)}.", name);
    }

    private void ValidateLike(Tensor points, string name)
    {
        if (!points.shape.SequenceEqual(Anchor.shape) || points.dtype != Anchor.dtype)
            throw new ArgumentException($"{name} must be {Describe.Tensor(Anchor)} like anchor, got {Describe.Tensor(points)}.", name);
        if (points.device.ToString() != Anchor.device.ToString())
            throw new ArgumentException($"{name} is on {points.device} but anchor is on {Anchor.device}. Move them to one device.", name);
    }
}
