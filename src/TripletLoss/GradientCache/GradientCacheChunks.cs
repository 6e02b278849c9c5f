using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>A batch of inputs that is encoded twice, chunk by chunk, with the same random numbers.</summary>
/// <param name="encode">The network.</param>
/// <param name="inputs">[B, …].</param>
/// <param name="size">How many inputs a chunk has.</param>
/// <param name="call">The number of the call, for CUDA's seeds.</param>
internal sealed class GradientCacheChunks(Func<Tensor, Tensor> encode, Tensor inputs, long size, long call)
{
    private readonly GradientCacheRandomness _randomness = new(inputs.device, call);

    // An empty batch is a chunk too: only the network knows how many dimensions its embeddings have.
    private int Count => (int)Math.Max(1, (inputs.shape[0] + size - 1) / size);

    /// <summary>[B, d], without a graph.</summary>
    public Tensor Encode()
    {
        using var noGradient = no_grad();
        var parts = new List<Tensor>();
        for (var chunk = 0; chunk < Count; chunk++)
        {
            using var scope = NewDisposeScope();
            _randomness.Record(chunk);
            parts.Add(Encode(chunk).MoveToOuterDisposeScope());
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
            embeddings.backward([gradient.narrow(0, chunk * size, embeddings.shape[0])]);
        }
    }

    private Tensor Encode(int chunk)
    {
        var count = Math.Min(size, inputs.shape[0] - chunk * size);
        var embeddings = encode(inputs.narrow(0, chunk * size, count));
        return embeddings is { ndim: 2 } && embeddings.shape[0] == count
            ? embeddings
            : throw new InvalidOperationException(
                $"the network must return embeddings [{count}, dim] for {count} inputs, got {(embeddings is null ? "null" : Describe.Tensor(embeddings))}.");
    }
}
