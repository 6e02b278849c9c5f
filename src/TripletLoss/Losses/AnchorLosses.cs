using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The losses of a batch, one an anchor, before weights and reduction: what a formula gives to <see cref="Loss"/>.</summary>
/// <remarks>A loss of one's own returns a tensor [B] made by differentiable operations; it converts by itself.</remarks>
public readonly struct AnchorLosses
{
    internal AnchorLosses(Tensor values, Tensor? gradientCarrier)
    {
        Values = values;
        GradientCarrier = gradientCarrier;
    }

    /// <summary>[B]; its plain mean is the loss of the batch.</summary>
    internal Tensor Values { get; }

    /// <summary>A scalar whose gradient is that of the reduced loss, when <see cref="Values"/> carries none of its own.</summary>
    internal Tensor? GradientCarrier { get; }

    /// <summary>Takes a tensor [B] of per-anchor losses, gradient and all.</summary>
    /// <param name="losses">[B], whose plain mean is the loss of the batch.</param>
    public static implicit operator AnchorLosses(Tensor losses) => new(losses, null);
}
