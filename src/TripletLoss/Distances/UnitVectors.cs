using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Vectors brought to unit length, of whatever length they are; a zero vector stays zero.</summary>
/// <param name="Directions">[n, d].</param>
/// <param name="Lengths">[n, 1]; 1 where the vector is zero.</param>
/// <param name="IsZero">[n, 1].</param>
internal readonly record struct UnitVectors(Tensor Directions, Tensor Lengths, Tensor IsZero)
{
    /// <summary>Normalises; differentiable.</summary>
    public static UnitVectors Of(Tensor vectors)
    {
        // Divided by the largest entry first, so that no square overflows or vanishes.
        var largest = vectors.detach().abs().amax([1], keepdim: true);
        var isZero = largest.eq(Numbers.Zero);
        largest = largest.masked_fill(isZero, Numbers.One);
        var scaled = vectors / largest;
        // The root of 0 has an infinite gradient: give it a 1 to work on.
        var lengths = (scaled * scaled).sum(1, keepdim: true).masked_fill(isZero, Numbers.One).sqrt();
        return new UnitVectors(scaled / lengths, lengths * largest, isZero);
    }
}
