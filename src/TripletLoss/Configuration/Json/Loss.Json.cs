using System.Text.Json.Serialization;

namespace TripletLoss;

// For properties of type Loss; every class has its own, for the attribute is not inherited.
[JsonConverter(typeof(LossJsonConverter<Loss>))]
public abstract partial class Loss
{
    /// <summary>Whether another object is a loss of the same class with the same arguments.</summary>
    /// <param name="obj">The other object.</param>
    /// <returns>Whether it is.</returns>
    public override bool Equals(object? obj) => obj is Loss other && other.GetType() == GetType() && other.GetConfig().Equals(GetConfig());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(GetType(), GetConfig());

    /// <summary>The class and its arguments.</summary>
    /// <returns>For instance <c>TripletSemiHardLoss {"name":"triplet_semi_hard_loss","reduction":"sum_over_batch_size","margin":1.0,"distance_metric":"squared-L2"}</c>.</returns>
    public override string ToString() => $"{GetType().Name} {GetConfig()}";
}
