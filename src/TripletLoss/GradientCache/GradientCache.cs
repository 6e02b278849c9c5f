using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>
/// Batches larger than memory (Gao et al. 2021, Scaling Deep Contrastive Learning Batch Size under Memory Limited Setup): the loss sees the whole batch, the network's graph holds one chunk at a
/// time.
/// </summary>
/// <remarks>
/// <para>
/// Every chunk is encoded and its graph let go; the loss of all embeddings is taken with its gradient; then every chunk is encoded again, and its
/// rows of that gradient are pushed back into the network. The cost is one more forward pass; memory is the embeddings and the graph of one chunk. The parameters' gradients are those of
/// the whole batch at once.
/// </para>
/// <para>
/// Random layers such as dropout draw the same numbers both times: the state of the CPU's generator is kept for each chunk, and for inputs on CUDA the generator is seeded for each
/// chunk (from <c>torch.initial_seed()</c>, the number of the call and of the chunk). After the call the CPU's generator is where encoding the chunks once would have left it. A network that draws
/// random numbers from elsewhere would give a wrong gradient.
/// </para>
/// <para>
/// Batch normalisation that takes its statistics from the batch would see those of a chunk, twice: it is an error if the model is given as a module, and a function must not contain it.
/// </para>
/// <para>
/// For a network with several inputs there is <see cref="OfSeveralInputs(Func{Tensor[], Tensor}, Loss, long)"/>. An instance belongs to one thread at a time.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var cache = new GradientCache(model, new TripletSemiHardLoss(margin: 0.2), chunkSize: 64);
/// optimizer.zero_grad();
/// using var value = cache.Backward(labels, images);   // [4096, …]; instead of value.backward()
/// optimizer.step();
/// </code>
/// </example>
public sealed partial class GradientCache
{
    private readonly GradientCacheEncoder _encoder;
    private readonly Func<Tensor, Tensor, Tensor?, Tensor> _loss;
    private readonly Loss? _lossObject;
    private long _calls;

    /// <summary>Trains a module with a loss.</summary>
    /// <param name="model">From inputs [n, …] to embeddings [n, d].</param>
    /// <param name="loss">The loss; its reduction must not be <see cref="LossReduction.None"/>.</param>
    /// <param name="chunkSize">How many inputs to encode at a time, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="loss"/> is null.</exception>
    /// <exception cref="ArgumentException">The loss has no reduction.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is below 1.</exception>
    public GradientCache(nn.Module<Tensor, Tensor> model, Loss loss, long chunkSize)
        : this(GradientCacheEncoder.Of(model), FunctionOf(loss), chunkSize, loss)
    {
    }

    /// <summary>Trains an encoding function with a loss.</summary>
    /// <param name="encode">From inputs [n, …] to embeddings [n, d]; each row must depend on its own input alone.</param>
    /// <param name="loss">The loss; its reduction must not be <see cref="LossReduction.None"/>.</param>
    /// <param name="chunkSize">How many inputs to encode at a time, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="encode"/> or <paramref name="loss"/> is null.</exception>
    /// <exception cref="ArgumentException">The loss has no reduction.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is below 1.</exception>
    public GradientCache(Func<Tensor, Tensor> encode, Loss loss, long chunkSize)
        : this(GradientCacheEncoder.Of(encode), FunctionOf(loss), chunkSize, loss)
    {
    }

    /// <summary>Trains a module with a loss function, such as <c>memory.Call</c> of a <see cref="CrossBatchMemory"/>.</summary>
    /// <param name="model">From inputs [n, …] to embeddings [n, d].</param>
    /// <param name="loss">From labels, embeddings [B, d] and weights to a scalar.</param>
    /// <param name="chunkSize">How many inputs to encode at a time, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="loss"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is below 1.</exception>
    public GradientCache(nn.Module<Tensor, Tensor> model, Func<Tensor, Tensor, Tensor?, Tensor> loss, long chunkSize)
        : this(GradientCacheEncoder.Of(model), loss, chunkSize)
    {
    }

    /// <summary>Trains an encoding function with a loss function.</summary>
    /// <param name="encode">From inputs [n, …] to embeddings [n, d]; each row must depend on its own input alone.</param>
    /// <param name="loss">From labels, embeddings [B, d] and weights to a scalar.</param>
    /// <param name="chunkSize">How many inputs to encode at a time, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="encode"/> or <paramref name="loss"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is below 1.</exception>
    public GradientCache(Func<Tensor, Tensor> encode, Func<Tensor, Tensor, Tensor?, Tensor> loss, long chunkSize)
        : this(GradientCacheEncoder.Of(encode), loss, chunkSize)
    {
    }

    private GradientCache(GradientCacheEncoder encoder, Func<Tensor, Tensor, Tensor?, Tensor> loss, long chunkSize, Loss? lossObject = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        (_encoder, _loss, _lossObject, ChunkSize) = (encoder, loss, lossObject, CountArgument.AtLeast(1, chunkSize, nameof(chunkSize)));
    }

    /// <summary>Trains a network with several inputs with a loss.</summary>
    /// <param name="encode">From inputs [n, …] each to embeddings [n, d]; each row must depend on its own row of the inputs alone.</param>
    /// <param name="loss">The loss; its reduction must not be <see cref="LossReduction.None"/>.</param>
    /// <param name="chunkSize">How many rows of the inputs to encode at a time, at least 1.</param>
    /// <returns>The cache, to be called with an array of inputs.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="encode"/> or <paramref name="loss"/> is null.</exception>
    /// <exception cref="ArgumentException">The loss has no reduction.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is below 1.</exception>
    /// <example>
    /// <code>
    /// var network = nn.Bilinear(64, 64, 8);
    /// var cache = GradientCache.OfSeveralInputs(inputs => network.call(inputs[0], inputs[1]), new TripletSemiHardLoss(), chunkSize: 4);
    /// using var value = cache.Backward(labels, [images, images]);
    /// </code>
    /// </example>
    public static GradientCache OfSeveralInputs(Func<Tensor[], Tensor> encode, Loss loss, long chunkSize) =>
        new(GradientCacheEncoder.OfSeveralInputs(encode), FunctionOf(loss), chunkSize, loss);

    /// <summary>Trains a network with several inputs with a loss function, such as <c>memory.Call</c> of a <see cref="CrossBatchMemory"/>.</summary>
    /// <param name="encode">From inputs [n, …] each to embeddings [n, d]; each row must depend on its own row of the inputs alone.</param>
    /// <param name="loss">From labels, embeddings [B, d] and weights to a scalar.</param>
    /// <param name="chunkSize">How many rows of the inputs to encode at a time, at least 1.</param>
    /// <returns>The cache, to be called with an array of inputs.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="encode"/> or <paramref name="loss"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is below 1.</exception>
    public static GradientCache OfSeveralInputs(Func<Tensor[], Tensor> encode, Func<Tensor, Tensor, Tensor?, Tensor> loss, long chunkSize) =>
        new(GradientCacheEncoder.OfSeveralInputs(encode), loss, chunkSize);

    /// <summary>How many inputs are encoded at a time.</summary>
    public long ChunkSize { get; }

    private static Func<Tensor, Tensor, Tensor?, Tensor> FunctionOf(Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return loss.Reduction != LossReduction.None
            ? loss.Call
            : throw new ArgumentException("loss must be reduced to a scalar, but its reduction is None.", nameof(loss));
    }
}
