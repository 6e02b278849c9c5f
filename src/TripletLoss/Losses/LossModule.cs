using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>A loss in TorchSharp's clothes.</summary>
internal sealed class LossModule(Loss loss) : TorchSharp.Loss<Tensor, Tensor, Tensor>
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input, Tensor target) =>
        loss.Evaluate(new BatchArguments(target, input, null, null, nameof(target), nameof(input)));
}
