using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The last so many embeddings with their labels, in two tensors that are written round and round.</summary>
internal sealed class EmbeddingRing(long capacity) : IDisposable
{
    private Tensor? _embeddings;
    private Tensor? _labels;
    private long _position;
    private bool _isDisposed;

    public long Capacity => capacity;

    public long Count { get; private set; }

    /// <summary>[Count, d], in the order of their places, with the type and on the device of others; in the caller's scope.</summary>
    public Tensor EmbeddingsLike(Tensor others) => _embeddings!.narrow(0, 0, Count).to(others.dtype, others.device);

    /// <summary>[Count], int64, on a device.</summary>
    public Tensor LabelsOn(Device device) => _labels!.narrow(0, 0, Count).to(device);

    /// <summary>Refuses embeddings that cannot stand beside those kept.</summary>
    /// <exception cref="ArgumentException">They have another number of dimensions.</exception>
    public void RequireSameSpace(Tensor embeddings, string name)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(CrossBatchMemory));
        if (_embeddings is not { } kept)
            return;
        if (kept.shape[1] != embeddings.shape[1])
        {
            throw new ArgumentException(
                $"{name} must have the dim of the memory's embeddings, {kept.shape[1]}, got {Describe.Tensor(embeddings)}. " +
                "Reset() makes the memory forget them.", name);
        }
    }

    /// <summary>
    /// Copies a batch in, over the oldest ones, and takes its type and device; not a batch that has an entry which is not finite.
    /// </summary>
    public void Add(Tensor labels, Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        if (!embeddings.isfinite().all().item<bool>())
            return;
        Follow(embeddings);
        var count = Math.Min(embeddings.shape[0], capacity);
        var first = embeddings.shape[0] - count;
        var untilEnd = Math.Min(count, capacity - _position);
        Write(labels, embeddings, first, _position, untilEnd);
        Write(labels, embeddings, first + untilEnd, 0, count - untilEnd);
        _position = (_position + count) % capacity;
        Count = Math.Min(Count + count, capacity);
    }

    public void Clear()
    {
        _embeddings?.Dispose();
        _labels?.Dispose();
        (_embeddings, _labels, _position, Count) = (null, null, 0, 0);
    }

    /// <summary>A copy.</summary>
    public Dictionary<string, Tensor> GetState()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(CrossBatchMemory));
        using var scope = NewDisposeScope();
        return new()
        {
            ["embeddings"] = (_embeddings?.narrow(0, 0, Count).clone() ?? zeros(0, 0)).MoveToOuterDisposeScope(),
            ["labels"] = (_labels?.narrow(0, 0, Count).clone() ?? zeros(0, int64)).MoveToOuterDisposeScope(),
            ["position"] = tensor(_position).MoveToOuterDisposeScope(),
            ["capacity"] = tensor(capacity).MoveToOuterDisposeScope(),
        };
    }

    /// <summary>Takes over a copy of a valid state.</summary>
    public void SetState(CrossBatchMemoryState state)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(CrossBatchMemory));
        Clear();
        if (state.Count == 0)
            return;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var embeddings = state.Embeddings.detach();
        Replace(zeros([capacity, embeddings.shape[1]], embeddings.dtype, embeddings.device), zeros(capacity, int64, embeddings.device));
        Write(state.Labels, embeddings, 0, 0, state.Count);
        (_position, Count) = (state.Position, state.Count);
    }

    public void Dispose()
    {
        Clear();
        _isDisposed = true;
    }

    private void Follow(Tensor embeddings)
    {
        if (_embeddings is not { } kept)
            Replace(zeros([capacity, embeddings.shape[1]], embeddings.dtype, embeddings.device), zeros(capacity, int64, embeddings.device));
        else if (kept.dtype != embeddings.dtype || kept.device.ToString() != embeddings.device.ToString())
            Replace(kept.to(embeddings.dtype, embeddings.device), _labels!.to(embeddings.device));
    }

    private void Write(Tensor labels, Tensor embeddings, long first, long place, long count)
    {
        if (count == 0)
            return;
        using var scope = NewDisposeScope();
        _embeddings!.narrow(0, place, count).copy_(embeddings.detach().narrow(0, first, count));
        _labels!.narrow(0, place, count).copy_(labels.reshape(-1).narrow(0, first, count));
    }

    // Detached from dispose scopes: they live as long as the memory.
    private void Replace(Tensor embeddings, Tensor labels)
    {
        var (oldEmbeddings, oldLabels) = (_embeddings, _labels);
        (_embeddings, _labels) = (embeddings.DetachFromDisposeScope(), labels.DetachFromDisposeScope());
        if (!ReferenceEquals(oldEmbeddings, _embeddings))
            oldEmbeddings?.Dispose();
        if (!ReferenceEquals(oldLabels, _labels))
            oldLabels?.Dispose();
    }
}
