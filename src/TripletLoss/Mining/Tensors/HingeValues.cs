using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The losses of differences of distances, and their slopes.</summary>
internal static class HingeValues
{
    /// <summary>max(x, 0); the slope at exactly 0 is 0.</summary>
    public static (Tensor Losses, Tensor Slopes) Hinge(Tensor value) => (value.clamp_min(Numbers.Zero), value.gt(Numbers.Zero).to_type(float64));

    /// <summary>log(1 + exp(x)), in a form that does not overflow.</summary>
    public static (Tensor Losses, Tensor Slopes) Softplus(Tensor value) => (value.clamp_min(Numbers.Zero).add((-value.abs()).exp().log1p(), Numbers.One), value.sigmoid());
}
