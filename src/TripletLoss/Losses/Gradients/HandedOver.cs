using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The handles that a backward got and gave. TorchSharp reads the latter after it, and leaves both to the garbage collector: so the thread's next backward disposes them.</summary>
internal static class HandedOver
{
    [ThreadStatic]
    private static Tensor?[]? _last;

    /// <summary>Takes the gradients out of the dispose scope.</summary>
    /// <param name="arrived">What arrived.</param>
    /// <param name="gradients">One for each input; null for one that has none.</param>
    public static List<Tensor> From(Tensor arrived, List<Tensor?> gradients)
    {
        foreach (var gradient in _last ?? [])
            gradient?.Dispose();
        _last = [arrived, .. gradients.Select(gradient => gradient?.DetachFromDisposeScope())];
        return gradients!;
    }
}
