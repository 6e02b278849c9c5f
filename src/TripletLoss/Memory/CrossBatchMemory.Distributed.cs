using static TorchSharp.torch;

namespace TripletLoss;

public sealed partial class CrossBatchMemory
{
    /// <summary>The loss of the samples of all ranks against themselves and the memory, which then keeps them: what one process with all of them would get and keep.</summary>
    /// <remarks>
    /// <para>Every rank has its own memory, calls this, and stores the samples of all: the memories stay the same. Every rank computes the whole loss.</para>
    /// <para>How many embeddings the memories keep, of how many, after how many calls, and whether gradients are enabled must be the same on every rank and is compared; which embeddings is not.</para>
    /// </remarks>
    /// <param name="yTrue">This rank's labels [b] or [b, 1].</param>
    /// <param name="yPred">This rank's embeddings [b, d], b ≥ 0; the same d and type on every rank.</param>
    /// <param name="group">The ranks.</param>
    /// <param name="sampleWeight">The weights of this rank's anchors; on every rank or on none.</param>
    /// <returns>As <see cref="Loss.Call(Tensor, Tensor, IProcessGroup, Tensor?)"/>.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device; nothing is kept then.</exception>
    /// <exception cref="ArgumentNullException">A tensor or <paramref name="group"/> is null.</exception>
    /// <exception cref="InvalidOperationException">As for the loss, or the memories differ; no rank keeps anything then.</exception>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public Tensor Call(Tensor yTrue, Tensor yPred, IProcessGroup group, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(group);
        return new GlobalBatch(Loss, new BatchArguments(yTrue, yPred, null, sampleWeight), group, this).Evaluate();
    }

    /// <summary>Checks what only the memory knows.</summary>
    internal void Validate(BatchArguments arguments) => _ring.RequireSameSpace(arguments.Embeddings, "yPred");
}
