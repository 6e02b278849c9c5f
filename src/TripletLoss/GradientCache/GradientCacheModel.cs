using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>Finds what must not be in a model that is encoded in chunks.</summary>
internal static class GradientCacheModel
{
    /// <summary>Refuses batch normalisation that takes its statistics from the batch.</summary>
    /// <exception cref="InvalidOperationException">The model has some.</exception>
    public static void RefuseBatchStatistics(nn.Module model)
    {
        foreach (var module in model.modules().Prepend(model))
        {
            if (module is BatchNorm { training: true } or BatchNorm { track_running_stats: false })
            {
                throw new InvalidOperationException(
                    $"the model has batch normalisation ({module.GetName()}) that takes its statistics from the batch: in a gradient cache they would be those of a " +
                    "chunk, and differ from the whole batch's. Call eval() on it, or take nn.GroupNorm or nn.LayerNorm instead.");
            }
        }
    }
}
