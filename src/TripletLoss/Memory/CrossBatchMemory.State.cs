using static TorchSharp.torch;

namespace TripletLoss;

public sealed partial class CrossBatchMemory
{
    /// <summary>A copy of all that is stored, to save with the network: training resumes from it bit for bit.</summary>
    /// <returns>
    /// Tensors named <c>embeddings</c> [Count, d], <c>labels</c> [Count], <c>position</c>, <c>capacity</c> and <c>calls</c> (int64 scalars), which belong to the caller.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public Dictionary<string, Tensor> GetState()
    {
        var state = _ring.GetState();
        state["calls"] = tensor(Calls, device: CPU);
        return state;
    }

    /// <summary>Restores the state at which <see cref="GetState"/> was called; the tensors are copied.</summary>
    /// <param name="state">What <see cref="GetState"/> gave.</param>
    /// <exception cref="ArgumentException">
    /// A tensor is missing, of a wrong type or shape, sparse, on the meta device or not finite, or the capacity was another; nothing changes then.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public void SetState(IReadOnlyDictionary<string, Tensor> state)
    {
        _ring.RequireNotDisposed();
        ArgumentNullException.ThrowIfNull(state);
        var parts = new CrossBatchMemoryState(state);
        parts.Validate(Capacity);
        _ring.SetState(parts);
        Calls = parts.Calls;
        GC.KeepAlive(state);
    }

    /// <summary>Writes what <see cref="GetState"/> gives as a safetensors file, which other tools read too.</summary>
    /// <param name="path">The file. A new file is written and then renamed, so that an existing one stays intact until the new one is complete.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(path, GetState());
    }

    /// <summary>Restores the state at which <see cref="Save"/> was called.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or not one of a memory of this capacity; nothing changes then.</exception>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public void Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _ring.RequireNotDisposed();
        using var scope = NewDisposeScope();
        var state = SafetensorsFile.Read(path, CrossBatchMemoryState.Names);
        try
        {
            SetState(state);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{path} does not belong to this memory: {exception.Message}", exception);
        }
    }
}
