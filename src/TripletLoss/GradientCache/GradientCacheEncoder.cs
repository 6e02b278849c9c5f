using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>A network as the cache calls it.</summary>
/// <param name="Encode">From chunks of the inputs to embeddings.</param>
/// <param name="HasOneInput">Whether it takes one input; otherwise as many as it is given.</param>
/// <param name="Model">The module, where there is one.</param>
internal readonly record struct GradientCacheEncoder(Func<Tensor[], Tensor> Encode, bool HasOneInput, nn.Module? Model)
{
    public static GradientCacheEncoder Of(nn.Module<Tensor, Tensor> model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(inputs => model.call(inputs[0]), HasOneInput: true, model);
    }

    public static GradientCacheEncoder Of(Func<Tensor, Tensor> encode)
    {
        ArgumentNullException.ThrowIfNull(encode);
        return new(inputs => encode(inputs[0]), HasOneInput: true, null);
    }

    public static GradientCacheEncoder OfSeveralInputs(Func<Tensor[], Tensor> encode)
    {
        ArgumentNullException.ThrowIfNull(encode);
        return new(encode, HasOneInput: false, null);
    }
}
