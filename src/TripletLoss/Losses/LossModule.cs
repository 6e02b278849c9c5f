using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>A loss in TorchSharp's clothes.</summary>
internal sealed class LossModule(Loss loss) : TorchSharp.Loss<Tensor, Tensor, Tensor>(Of(loss.Reduction))
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) =>
        loss.Evaluate(new BatchArguments(target, input, null, null, nameof(target), nameof(input)));

    private static nn.Reduction Of(LossReduction reduction) => reduction switch
    {
        LossReduction.Sum => nn.Reduction.Sum,
        LossReduction.None => nn.Reduction.None,
        _ => nn.Reduction.Mean,
    };
}
