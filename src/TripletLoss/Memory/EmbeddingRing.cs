using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>The last so many embeddings with their labels, in two tensors that are written round and round once they have grown to the capacity.</summary>
internal sealed class EmbeddingRing(long capacity) : IDisposable
{
    private Tensor? _embeddings;
    private Tensor? _labels;
    private long _position;
    private bool _isDisposed;

    public long Capacity => capacity;

    public long Count { get; private set; }

    /// <summary>[Count, d], in the order of their places, with the type and on the device of others; in the caller's scope.</summary>
    public Tensor EmbeddingsLike(Tensor others)
    {
        var embeddings = _embeddings!.narrow(0, 0, Count).to(others.dtype, others.device);
        GC.KeepAlive(this);
        return embeddings;
    }

    /// <summary>[Count], int64, on a device.</summary>
    public Tensor LabelsOn(Device device)
    {
        var labels = _labels!.narrow(0, 0, Count).to(device);
        GC.KeepAlive(this);
        return labels;
    }

    /// <summary>Refuses embeddings that cannot stand beside those kept.</summary>
    /// <exception cref="ArgumentException">They have another number of dimensions.</exception>
    public void RequireSameSpace(Tensor embeddings, string name)
    {
        RequireNotDisposed();
        if (_embeddings is { } kept && kept.size(1) != embeddings.size(1))
        {
            throw new ArgumentException(
                $"{name} must have the dim of the memory's embeddings, {kept.size(1)}, got {Describe.Tensor(embeddings)}. " +
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
        var count = Math.Min(embeddings.size(0), capacity);
        MakeRoom(embeddings, Math.Min(Count + count, capacity));
        var first = embeddings.size(0) - count;
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

    /// <summary>A copy, the oldest first; null where there is none.</summary>
    public ReferenceSet? ToReferences()
    {
        RequireNotDisposed();
        if (Count == 0)
            return null;
        using var scope = NewDisposeScope();
        var oldest = Count < capacity ? 0 : _position;
        var references = new ReferenceSet(FromOldest(_labels!).MoveToOuterDisposeScope(), FromOldest(_embeddings!).MoveToOuterDisposeScope());
        GC.KeepAlive(this);
        return references;

        Tensor FromOldest(Tensor rows) => cat([rows.narrow(0, oldest, Count - oldest), rows.narrow(0, 0, oldest)]);
    }

    /// <summary>A copy.</summary>
    public Dictionary<string, Tensor> GetState()
    {
        RequireNotDisposed();
        using var scope = NewDisposeScope();
        var state = new Dictionary<string, Tensor>
        {
            ["embeddings"] = (_embeddings?.narrow(0, 0, Count).clone() ?? zeros(0, 0, float32, CPU)).MoveToOuterDisposeScope(),
            ["labels"] = (_labels?.narrow(0, 0, Count).clone() ?? zeros(0, int64, CPU)).MoveToOuterDisposeScope(),
            ["position"] = tensor(_position, device: CPU).MoveToOuterDisposeScope(),
            ["capacity"] = tensor(capacity, device: CPU).MoveToOuterDisposeScope(),
        };
        GC.KeepAlive(this);
        return state;
    }

    /// <summary>Takes over a copy of a valid state.</summary>
    public void SetState(CrossBatchMemoryState state)
    {
        if (state.Count == 0)
        {
            Clear();
            return;
        }
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        // Or the copies could not be written to outside of inference mode.
        using var noInference = inference_mode(false);
        Replace(state.Embeddings.detach().clone(), state.Labels.clone());
        (_position, Count) = (state.Position, state.Count);
    }

    /// <summary>Refuses to go on after <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public void RequireNotDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, typeof(CrossBatchMemory));

    public void Dispose()
    {
        Clear();
        _isDisposed = true;
    }

    // Of the type and on the device of the batch. Room grows with what is kept: a large capacity costs nothing until it is used.
    private void MakeRoom(Tensor embeddings, long rows)
    {
        var room = _embeddings?.size(0) ?? 0;
        if (_embeddings is { } kept && room >= rows && kept.dtype == embeddings.dtype && kept.device.ToString() == embeddings.device.ToString())
            return;
        room = room >= rows ? room : Math.Min(capacity, Math.Max(rows, 2 * room));
        var (points, labels) = (zeros([room, embeddings.size(1)], embeddings.dtype, embeddings.device), zeros(room, int64, embeddings.device));
        if (Count > 0)
        {
            points.narrow(0, 0, Count).copy_(_embeddings!.narrow(0, 0, Count));
            labels.narrow(0, 0, Count).copy_(_labels!.narrow(0, 0, Count));
        }
        Replace(points, labels);
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
        _embeddings?.Dispose();
        _labels?.Dispose();
        (_embeddings, _labels) = (embeddings.DetachFromDisposeScope(), labels.DetachFromDisposeScope());
    }
}
