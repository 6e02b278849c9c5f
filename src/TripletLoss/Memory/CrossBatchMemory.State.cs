using static TorchSharp.torch;

namespace TripletLoss;

public sealed partial class CrossBatchMemory
{
    /// <summary>A copy of all that is kept, to save with the network: training goes on from it bit for bit.</summary>
    /// <returns>
    /// Tensors named <c>embeddings</c> [Count, d], <c>labels</c> [Count], <c>position</c>, <c>capacity</c> and <c>calls</c> (int64 scalars), which belong to the caller.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public Dictionary<string, Tensor> GetState()
    {
        var state = _ring.GetState();
        state["calls"] = tensor(Calls);
        return state;
    }

    /// <summary>Takes the place where <see cref="GetState"/> was called; the tensors are copied.</summary>
    /// <param name="state">What <see cref="GetState"/> gave.</param>
    /// <exception cref="ArgumentException">A tensor is missing or of a wrong type or shape, or the capacity was another; nothing changes then.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public void SetState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var parts = new CrossBatchMemoryState(state);
        parts.Validate(Capacity);
        _ring.SetState(parts);
        Calls = parts.Calls;
    }
}
