using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace TripletLoss;

/// <summary>A saved memory, taken apart and checked.</summary>
internal readonly record struct CrossBatchMemoryState(IReadOnlyDictionary<string, Tensor> State)
{
    /// <summary>The parts of a state.</summary>
    public static IReadOnlyList<string> Names { get; } = ["embeddings", "labels", "position", "capacity", "calls"];

    /// <summary>[Count, d].</summary>
    public Tensor Embeddings => State["embeddings"];

    /// <summary>[Count].</summary>
    public Tensor Labels => State["labels"];

    public long Count => Labels.size(0);

    /// <summary>Where the next embedding goes.</summary>
    public long Position => Whole("position");

    public long Calls => Whole("calls");

    /// <summary>Checks that all is there and fits.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public void Validate(long capacity)
    {
        foreach (var name in Names)
            ValidatePart(name);
        ValidateScalars(capacity);
        ValidateRows();
        // It fills in order, so a place other than the end means that it went round.
        var fits = Count < capacity ? Position == Count : Count == capacity && Position >= 0 && Position < capacity;
        if (!fits)
            throw Refused($"position {Position} cannot be that of {Count} embeddings in a memory of {capacity}");
    }

    private static ArgumentException Refused(FormattableString message) => new($"state's {message.ToString(CultureInfo.InvariantCulture)}.", "state");

    private long Whole(string name) => State[name].item<long>();

    private void ValidatePart(string name)
    {
        if (!State.TryGetValue(name, out var part) || part is null)
            throw new ArgumentException($"state must have a tensor '{name}', got {string.Join(", ", State.Keys)}.", "state");
        if (part.IsInvalid)
            throw Refused($"{name} must be a live tensor, got one that was disposed");
        if (part.is_sparse)
            throw Refused($"{name} must be dense, got sparse {Describe.Tensor(part)}");
        if (part.device.type == DeviceType.META)
            throw Refused($"{name} must have numbers, got {Describe.Tensor(part)} on the meta device");
    }

    private void ValidateScalars(long capacity)
    {
        foreach (var name in (string[])["position", "capacity", "calls"])
        {
            if (State[name].dtype != int64 || State[name].numel() != 1)
                throw Refused($"{name} must be one Int64, got {Describe.Tensor(State[name])}");
        }
        // A count that a later call could carry beyond 63 bits is none.
        if (Calls is < 0 or > long.MaxValue / 2)
            throw Refused($"calls must be at least 0 and at most {long.MaxValue / 2}, got {Calls}");
        if (Whole("capacity") is var saved && saved != capacity)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"state is of a memory of capacity {saved}, but this one's is {capacity}."), "state");
    }

    private void ValidateRows()
    {
        if (!Embeddings.is_floating_point() || Embeddings.ndim != 2)
            throw Refused($"embeddings must be floats [count, dim], got {Describe.Tensor(Embeddings)}");
        if (Labels.dtype != int64 || Labels.ndim != 1 || Count != Embeddings.size(0))
            throw Refused($"labels must be Int64 [{Embeddings.size(0)}], got {Describe.Tensor(Labels)}");
        if (Count > 0 && Embeddings.size(1) == 0)
            throw Refused($"embeddings must have at least one dimension, got {Describe.Tensor(Embeddings)}");
        using var scope = NewDisposeScope();
        if (!Embeddings.isfinite().all().item<bool>())
            throw Refused($"embeddings must be finite, since a memory stores no others, got {Describe.Tensor(Embeddings)} with NaN or infinity");
    }
}
