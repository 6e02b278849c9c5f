using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>A saved memory, taken apart and checked.</summary>
internal readonly record struct CrossBatchMemoryState(IReadOnlyDictionary<string, Tensor> State)
{
    /// <summary>[Count, d].</summary>
    public Tensor Embeddings => State["embeddings"];

    /// <summary>[Count].</summary>
    public Tensor Labels => State["labels"];

    public long Count => Labels.shape[0];

    /// <summary>Where the next embedding goes.</summary>
    public long Position => Whole("position");

    public long Calls => Whole("calls");

    /// <summary>Checks that all is there and fits.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public void Validate(long capacity)
    {
        foreach (var name in (string[])["embeddings", "labels", "position", "capacity", "calls"])
        {
            if (!State.TryGetValue(name, out var part) || part is null)
                throw new ArgumentException($"state must have a tensor '{name}', got {string.Join(", ", State.Keys)}.", "state");
        }
        ValidateScalars(capacity);
        if (!Embeddings.is_floating_point() || Embeddings.ndim != 2)
            throw new ArgumentException($"state's embeddings must be floats [count, dim], got {Describe.Tensor(Embeddings)}.", "state");
        if (Labels.dtype != int64 || Labels.ndim != 1 || Count != Embeddings.shape[0])
            throw new ArgumentException($"state's labels must be Int64 [{Embeddings.shape[0]}], got {Describe.Tensor(Labels)}.", "state");
        // It fills in order, so a place other than the end means that it went round.
        var fits = Count < capacity ? Position == Count : Count == capacity && Position >= 0 && Position < capacity;
        if (!fits)
            throw new ArgumentException($"state's position {Position} cannot be that of {Count} embeddings in a memory of {capacity}.", "state");
    }

    private long Whole(string name) => State[name].item<long>();

    private void ValidateScalars(long capacity)
    {
        foreach (var name in (string[])["position", "capacity", "calls"])
        {
            if (State[name].dtype != int64 || State[name].numel() != 1)
                throw new ArgumentException($"state's {name} must be one Int64, got {Describe.Tensor(State[name])}.", "state");
        }
        if (Calls < 0)
            throw new ArgumentException($"state's calls must be at least 0, got {Calls}.", "state");
        if (Whole("capacity") is var saved && saved != capacity)
            throw new ArgumentException($"state is of a memory of capacity {saved}, but this one's is {capacity}.", "state");
    }
}
