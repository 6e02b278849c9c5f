using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>A batch of inputs that is encoded twice, chunk by chunk, with the same random numbers.</summary>
/// <param name="encode">The network.</param>
/// <param name="inputs">[B, …].</param>
/// <param name="size">How many inputs a chunk has.</param>
/// <param name="call">The number of the call, for CUDA's seeds.</param>
internal sealed class GradientCacheChunks(Func<Tensor[], Tensor> encode, GradientCacheInputs inputs, long size, long call)
{
    private readonly GradientCacheRandomness _randomness = new(inputs.AreOnCuda, call);

    // An empty batch is a chunk too: only the network knows how many dimensions its embeddings have.
    private int Count => (int)Math.Max(1, (inputs.Count + size - 1) / size);

    /// <summary>[B, d], without a graph; to be encoded once more, unless gradients are off.</summary>
    /// <param name="seeFirst">Sees the embeddings of the first chunk before any other is encoded; with their graph where there will be one.</param>
    public Tensor Encode(Action<Tensor> seeFirst)
    {
        var isReplayed = is_grad_enabled();
        var parts = new List<Tensor>();
        for (var chunk = 0; chunk < Count; chunk++)
        {
            using var scope = NewDisposeScope();
            if (isReplayed)
                _randomness.Record(chunk);
            using var gradientMode = set_grad_enabled(isReplayed && chunk == 0);
            var embeddings = Encode(chunk);
            if (chunk == 0)
                seeFirst(embeddings);
            parts.Add(embeddings.detach().MoveToOuterDisposeScope());
        }
        return cat(parts).detach();
    }

    /// <summary>Encodes again, with a graph, and pushes the gradient of the embeddings [B, d] into it; one chunk's graph at a time.</summary>
    public void PushBack(Tensor gradient)
    {
        using var replay = _randomness.BeginReplay();
        for (var chunk = 0; chunk < Count; chunk++)
        {
            using var scope = NewDisposeScope();
            _randomness.Replay(chunk);
            var embeddings = Encode(chunk);
            RequireGradient(embeddings);
            embeddings.backward([gradient.narrow(0, chunk * size, embeddings.size(0))]);
        }
    }

    /// <summary>Refuses a network through which no gradient leads.</summary>
    /// <exception cref="InvalidOperationException">Its embeddings have no graph.</exception>
    public static void RequireGradient(Tensor embeddings)
    {
        if (!embeddings.requires_grad)
        {
            throw new InvalidOperationException(
                "the network's embeddings have no gradient: all its parameters are frozen, or it detaches them or encodes under no_grad. Evaluate gives the value alone.");
        }
    }

    private Tensor Encode(int chunk)
    {
        var count = Math.Min(size, inputs.Count - chunk * size);
        var embeddings = encode(inputs.Rows(chunk * size, count));
        return embeddings is { ndim: 2 } && embeddings.size(0) == count
            ? embeddings
            : throw new InvalidOperationException(
                $"the network must return embeddings [{count}, dim] for {count} inputs, got {(embeddings is null ? "null" : Describe.Tensor(embeddings))}.");
    }
}
