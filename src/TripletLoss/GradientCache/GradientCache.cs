using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// Batches larger than memory (Gao et al. 2021, Scaling Deep Contrastive Learning Batch Size under Memory Limited Setup): the loss sees the whole batch, the network's graph holds one chunk at a
/// time.
/// </summary>
/// <remarks>
/// <para>
/// Every chunk is encoded without a graph; the loss of all embeddings is taken with its gradient; then every chunk is encoded again, with a graph, and its
/// rows of that gradient are pushed back into the network. The cost is one more forward pass; memory is the embeddings and the graph of one chunk. The parameters' gradients are those of
/// the whole batch in one go.
/// </para>
/// <para>
/// Random layers such as dropout draw the same numbers both times: the state of the CPU's generator is kept for each chunk, and for inputs on CUDA the generator is seeded for each
/// chunk (from <c>torch.initial_seed()</c>, the number of the call and of the chunk). After the call the CPU's generator stands where encoding the chunks once would have left it. A network that draws
/// random numbers from elsewhere would give a wrong gradient.
/// </para>
/// <para>
/// Batch normalisation that takes its statistics from the batch would see those of a chunk, twice: it is refused where the model is given as a module, and must not be in a function.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var cache = new GradientCache(model, new TripletSemiHardLoss(margin: 0.2), chunkSize: 64);
/// optimizer.zero_grad();
/// using var value = cache.Backward(labels, images);   // [4096, …]; takes the place of value.backward()
/// optimizer.step();
/// </code>
/// </example>
public sealed class GradientCache
{
    private readonly Func<Tensor, Tensor> _encode;
    private readonly Func<Tensor, Tensor, Tensor?, Tensor> _loss;
    private readonly nn.Module? _model;
    private long _calls;

    /// <summary>Trains a module with a loss.</summary>
    /// <param name="model">From inputs [n, …] to embeddings [n, d].</param>
    /// <param name="loss">The loss; its reduction must not be <see cref="LossReduction.None"/>.</param>
    /// <param name="chunkSize">How many inputs to encode at a time, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="loss"/> is null.</exception>
    /// <exception cref="ArgumentException">The loss has no reduction.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is below 1.</exception>
    public GradientCache(nn.Module<Tensor, Tensor> model, Loss loss, long chunkSize)
        : this(model, FunctionOf(loss), chunkSize)
    {
    }

    /// <summary>Trains whatever a function does with a loss.</summary>
    /// <param name="encode">From inputs [n, …] to embeddings [n, d]; each row must depend on its own input alone.</param>
    /// <param name="loss">The loss; its reduction must not be <see cref="LossReduction.None"/>.</param>
    /// <param name="chunkSize">How many inputs to encode at a time, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="encode"/> or <paramref name="loss"/> is null.</exception>
    /// <exception cref="ArgumentException">The loss has no reduction.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is below 1.</exception>
    public GradientCache(Func<Tensor, Tensor> encode, Loss loss, long chunkSize)
        : this(encode, FunctionOf(loss), chunkSize)
    {
    }

    /// <summary>Trains a module with a function, such as <c>memory.Call</c> of a <see cref="CrossBatchMemory"/>.</summary>
    /// <param name="model">From inputs [n, …] to embeddings [n, d].</param>
    /// <param name="loss">From labels, embeddings [B, d] and weights to a scalar.</param>
    /// <param name="chunkSize">How many inputs to encode at a time, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="loss"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is below 1.</exception>
    public GradientCache(nn.Module<Tensor, Tensor> model, Func<Tensor, Tensor, Tensor?, Tensor> loss, long chunkSize)
        : this((model ?? throw new ArgumentNullException(nameof(model))).call, loss, chunkSize) => _model = model;

    /// <summary>Trains whatever a function does with a function.</summary>
    /// <param name="encode">From inputs [n, …] to embeddings [n, d]; each row must depend on its own input alone.</param>
    /// <param name="loss">From labels, embeddings [B, d] and weights to a scalar.</param>
    /// <param name="chunkSize">How many inputs to encode at a time, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="encode"/> or <paramref name="loss"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is below 1.</exception>
    public GradientCache(Func<Tensor, Tensor> encode, Func<Tensor, Tensor, Tensor?, Tensor> loss, long chunkSize)
    {
        ArgumentNullException.ThrowIfNull(encode);
        ArgumentNullException.ThrowIfNull(loss);
        if (chunkSize < 1)
            throw new ArgumentOutOfRangeException(nameof(chunkSize), chunkSize, $"chunkSize must be at least 1 input, got {chunkSize}.");
        (_encode, _loss, ChunkSize) = (encode, loss, chunkSize);
    }

    /// <summary>How many inputs are encoded at a time.</summary>
    public long ChunkSize { get; }

    /// <summary>Adds the gradient of the batch's loss to the parameters' gradients, as <c>backward()</c> on it would.</summary>
    /// <param name="yTrue">The labels [B] or [B, 1].</param>
    /// <param name="inputs">What the network takes, [B, …], B ≥ 0; a gradient that they want is added as well.</param>
    /// <param name="sampleWeight">Passed on to the loss; null by default.</param>
    /// <returns>The loss, a scalar without a graph.</returns>
    /// <exception cref="ArgumentException">Labels and inputs do not belong together, or the loss refuses labels or weights.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="yTrue"/> or <paramref name="inputs"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model has batch normalisation that takes its statistics from the batch, the network does not return [n, d], or the loss no scalar.
    /// </exception>
    public Tensor Backward(Tensor yTrue, Tensor inputs, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(inputs);
        Validate(yTrue, inputs);
        if (_model is not null)
            GradientCacheModel.RefuseBatchStatistics(_model);
        using var scope = NewDisposeScope();
        using var gradientMode = enable_grad();
        // What the inputs were made by is gone through once, at the end, and not by every chunk.
        var leaf = inputs.is_leaf ? inputs : inputs.detach().requires_grad_();
        var chunks = new GradientCacheChunks(_encode, leaf, ChunkSize, ++_calls);
        var embeddings = chunks.Encode().requires_grad_();
        var value = _loss(yTrue, embeddings, sampleWeight);
        if (value.ndim != 0)
            throw new InvalidOperationException($"the loss must return a scalar, got {Describe.Tensor(value)}.");
        value.backward();
        chunks.PushBack(embeddings.grad ?? zeros_like(embeddings));
        if (!inputs.is_leaf)
            inputs.backward([leaf.grad ?? zeros_like(leaf)]);
        return value.detach().MoveToOuterDisposeScope();
    }

    private static void Validate(Tensor yTrue, Tensor inputs)
    {
        if (inputs.ndim == 0)
            throw new ArgumentException($"inputs must be [batch, …], got {Describe.Tensor(inputs)}.", nameof(inputs));
        if (yTrue.is_floating_point() && !inputs.is_floating_point())
        {
            throw new ArgumentException(
                $"yTrue must be integer labels [batch] or [batch, 1], got {Describe.Tensor(yTrue)}. Did you swap yTrue and inputs?", nameof(yTrue));
        }
        if (yTrue.ndim == 0 || yTrue.shape[0] != inputs.shape[0])
        {
            throw new ArgumentException(
                $"yTrue must have one label for each of the {inputs.shape[0]} inputs, got {Describe.Tensor(yTrue)}.", nameof(yTrue));
        }
    }

    private static Func<Tensor, Tensor, Tensor?, Tensor> FunctionOf(Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return loss.Reduction != LossReduction.None
            ? loss.Call
            : throw new ArgumentException("loss must be reduced to a scalar, but its reduction is None.", nameof(loss));
    }
}
