using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// A loss that mines against the embeddings of past batches too (Wang et al. 2020, Cross-Batch Memory for Embedding Learning): many more negatives at the cost of
/// storing them.
/// </summary>
/// <remarks>
/// <para>
/// The anchors are the batch; their positives and negatives come from the batch and the memory together, and no anchor meets its own copy. The gradient goes to the batch, as anchors and as
/// references; the memory has none. After the loss the batch is copied into the memory, where it replaces the oldest embeddings: of a batch larger than the capacity the last rows are
/// kept.
/// </para>
/// <para>
/// Under <c>no_grad</c> and in inference mode nothing is kept and no call is counted: a validation pass leaves the memory as it was.
/// </para>
/// <para>
/// Old embeddings are those of an older network. In the paper they drift slowly after the first thousand steps or so: start with a small learning rate or with
/// <see cref="WarmUpCalls"/>.
/// </para>
/// <para>
/// The memory takes the type and device of the embeddings and follows them, and grows up to its capacity with what is kept. A batch with an embedding that is not finite has a loss of NaN and is not kept, or
/// all later ones would be NaN too. An instance belongs to one thread at a time. Its tensors belong to no dispose scope: dispose it.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// using var memory = new CrossBatchMemory(new TripletSemiHardLoss(margin: 0.2), capacity: 4096);
/// using var value = memory.Call(labels, embeddings);
/// value.backward();
/// </code>
/// </example>
public sealed partial class CrossBatchMemory : IDisposable
{
    private readonly EmbeddingRing _ring;

    /// <summary>Makes an empty memory.</summary>
    /// <param name="loss">The loss, any of this library or a custom one that uses references.</param>
    /// <param name="capacity">How many embeddings to keep, at least 1.</param>
    /// <param name="warmUpCalls">For how many calls at first to take the batch alone and keep nothing; 0 by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="loss"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is below 1 or <paramref name="warmUpCalls"/> below 0.</exception>
    public CrossBatchMemory(Loss loss, long capacity, long warmUpCalls = 0)
    {
        ArgumentNullException.ThrowIfNull(loss);
        CountArgument.AtLeast(1, capacity, nameof(capacity));
        CountArgument.AtLeast(0, warmUpCalls, nameof(warmUpCalls));
        (Loss, WarmUpCalls, _ring) = (loss, warmUpCalls, new EmbeddingRing(capacity));
    }

    /// <summary>The loss.</summary>
    public Loss Loss { get; }

    /// <summary>How many embeddings are kept at most.</summary>
    public long Capacity => _ring.Capacity;

    /// <summary>How many embeddings are kept now.</summary>
    public long Count => _ring.Count;

    /// <summary>For how many calls at first the batch is taken alone and nothing is kept.</summary>
    public long WarmUpCalls { get; }

    /// <summary>How many calls there were with gradients enabled.</summary>
    public long Calls { get; private set; }

    /// <summary>
    /// A copy of what is kept, the oldest first: int64 labels [<see cref="Count"/>] and embeddings [<see cref="Count"/>, d], which belong to the caller. Null while nothing is kept.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public ReferenceSet? References => _ring.ToReferences();

    /// <summary>The loss of a batch against itself and the memory, which then keeps the batch (with gradients enabled).</summary>
    /// <param name="yTrue">The labels [B] or [B, 1], any integer type, on the embeddings' device.</param>
    /// <param name="yPred">The embeddings [B, d]; the same d at every call.</param>
    /// <param name="sampleWeight">A scalar, [B] or [B, 1]: the weight of each anchor's loss; null (the default): ones.</param>
    /// <returns>As <see cref="Loss.Call(Tensor, Tensor, Tensor?)"/>; with an empty memory exactly that.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device; nothing is kept then.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="yTrue"/> or <paramref name="yPred"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public Tensor Call(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        using var scope = NewDisposeScope();
        var value = Loss.Evaluate(Arguments(yTrue, yPred, sampleWeight));
        Keep(yTrue, yPred);
        return value.MoveToOuterDisposeScope();
    }

    /// <summary>The same, and a report from the same pass.</summary>
    /// <param name="yTrue">The labels [B] or [B, 1].</param>
    /// <param name="yPred">The embeddings [B, d].</param>
    /// <param name="report">What batch and memory held for the loss.</param>
    /// <param name="sampleWeight">A scalar, [B] or [B, 1]; null (the default): ones.</param>
    /// <returns>As the other overload.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device; nothing is kept then.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="yTrue"/> or <paramref name="yPred"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public Tensor Call(Tensor yTrue, Tensor yPred, out TripletReport report, Tensor? sampleWeight = null)
    {
        using var scope = NewDisposeScope();
        var value = Loss.Evaluate(Arguments(yTrue, yPred, sampleWeight), out report);
        Keep(yTrue, yPred);
        return value.MoveToOuterDisposeScope();
    }

    /// <summary>What a batch and the memory hold for the loss; nothing is kept and no gradient is computed.</summary>
    /// <param name="yTrue">The labels [B] or [B, 1].</param>
    /// <param name="yPred">The embeddings [B, d].</param>
    /// <param name="sampleWeight">A scalar, [B] or [B, 1]; null (the default): ones.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentException">An argument has a wrong type, shape or device.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="yTrue"/> or <paramref name="yPred"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public TripletReport Inspect(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        using var scope = NewDisposeScope();
        return Loss.Inspect(Arguments(yTrue, yPred, sampleWeight));
    }

    /// <summary>Forgets all embeddings, their type and size; the warm-up begins again.</summary>
    public void Reset()
    {
        _ring.Clear();
        Calls = 0;
    }

    /// <summary>Disposes what is kept.</summary>
    public void Dispose() => _ring.Dispose();

    /// <summary>What the loss is called with.</summary>
    internal BatchArguments Arguments(Tensor yTrue, Tensor yPred, Tensor? sampleWeight)
    {
        new LabelledEmbeddings(yTrue, yPred, nameof(yTrue), nameof(yPred)).Validate();
        _ring.RequireSameSpace(yPred, nameof(yPred));
        if (Count == 0)
            return new BatchArguments(yTrue, yPred, null, sampleWeight);
        // The batch comes first among the references, so that its rows are where its anchors are.
        var references = new ReferenceSet(
            cat([yTrue.reshape(-1).to_type(int64), _ring.LabelsOn(yTrue.device)]), cat([yPred, _ring.EmbeddingsLike(yPred)]),
            Numbers.Range(yPred.size(0), yPred.device));
        return new BatchArguments(yTrue, yPred, references, sampleWeight);
    }

    /// <summary>Keeps a batch, with gradients enabled and after the warm-up.</summary>
    internal void Keep(Tensor yTrue, Tensor yPred)
    {
        if (is_grad_enabled() && !is_inference_mode_enabled() && Calls++ >= WarmUpCalls)
            _ring.Add(yTrue, yPred);
        GC.KeepAlive(yTrue);
        GC.KeepAlive(yPred);
    }
}
